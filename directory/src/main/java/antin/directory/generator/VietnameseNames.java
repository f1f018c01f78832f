package antin.directory.generator;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Random;

/** Names as they are met: a few family names are most people's, and a middle name tells men from women. */
final class VietnameseNames {

    /** @param family first, as it is spoken and written; {@code given} last, by which people are called */
    record Name(String family, String middle, String given) {

        String full() {
            return family + ' ' + middle + ' ' + given;
        }
    }

    /** Shares in a thousand, after counts that are widely quoted: Nguyễn is more than a third. */
    private static final Weighted FAMILY = new Weighted("Nguyễn 384,Trần 121,Lê 95,Phạm 70,Hoàng 38,Huỳnh 13,Phan 45,Vũ 30,Võ 9,Đặng 21,Bùi 20,Đỗ 14,Hồ 13,Ngô 13,Dương 10,Lý 5,"
        + "Đinh 9,Trịnh 8,Đoàn 8,Mai 7,Trương 10,Lương 7,Tạ 6,Đào 8,Hà 6,Tô 4,Cao 5,Chu 4,Quách 2,Phùng 4,Kiều 2,Nghiêm 2,Khuất 1,Thái 2,La 1,Vương 3");
    private static final Weighted MEN_MIDDLE = new Weighted("Văn 30,Đức 8,Minh 7,Quang 7,Hữu 6,Quốc 6,Công 5,Anh 4,Xuân 4,Mạnh 4,Thanh 4,Ngọc 4,Trọng 3,Đình 5,Tuấn 3,Huy 2,Viết 2,Gia 2,Bá 2,Hoàng 3");
    private static final Weighted WOMEN_MIDDLE = new Weighted("Thị 38,Thu 7,Thanh 8,Ngọc 8,Minh 4,Phương 5,Hồng 5,Thúy 4,Kim 3,Bích 3,Mai 2,Lan 2,Thùy 4,Thị Thu 3,Thị Ngọc 3,Thị Thanh 3,Hoàng 2,Diệu 1,Khánh 2");
    private static final Weighted MEN_GIVEN = new Weighted("Hùng 6,Dũng 6,Tuấn 7,Cường 6,Hải 5,Sơn 5,Anh 5,Minh 5,Long 4,Thắng 5,Nam 4,Hiếu 4,Trung 4,Đức 4,Quang 3,Thành 4,Bình 3,Kiên 3,Khánh 2,Phong 2,An 2,Hoàng 3,"
        + "Việt 3,Tùng 3,Tiến 3,Toàn 2,Mạnh 2,Linh 1,Phúc 2,Quân 2,Huy 3,Đạt 2,Duy 2,Vinh 2,Lâm 2,Khải 1,Giang 1,Chiến 1,Thái 1,Tú 2");
    private static final Weighted WOMEN_GIVEN = new Weighted("Hương 6,Lan 5,Hà 5,Hằng 5,Nga 4,Thủy 5,Hoa 4,Linh 6,Anh 5,Trang 6,Thảo 4,Hạnh 4,Hiền 4,Dung 4,Ngọc 3,Mai 4,Phương 5,Yến 3,Loan 3,Huyền 4,Vân 4,Nhung 3,Quỳnh 3,Oanh 2,"
        + "Tuyết 2,Liên 2,Xuân 1,Thu 3,Tâm 2,Bình 1,An 1,Ngân 2,Giang 2,Chi 2,Ánh 1,Ấn 1,Diệp 1,My 1,Thoa 1,Duyên 1");

    private VietnameseNames() {
    }

    static Name any(Random random) {
        boolean woman = random.nextInt(100) < 47;
        return new Name(FAMILY.any(random), (woman ? WOMEN_MIDDLE : MEN_MIDDLE).any(random), (woman ? WOMEN_GIVEN : MEN_GIVEN).any(random));
    }

    /** Without marks, lower case, letters and digits only; {@code đ} is a letter of its own that no decomposition takes apart. */
    static String ascii(String text) {
        return Normalizer.normalize(text.toLowerCase(Locale.ROOT).replace('đ', 'd'), Normalizer.Form.NFD).replaceAll("\\p{M}", "").replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    /** A choice by weight, from {@code "word weight,word weight"}. */
    private static final class Weighted {

        private final String[] words;
        private final int[] upTo;

        Weighted(String list) {
            words = list.split(",");
            upTo = new int[words.length];
            for (int i = 0, sum = 0; i < words.length; i++) {
                int space = words[i].lastIndexOf(' ');
                sum += Integer.parseInt(words[i].substring(space + 1));
                upTo[i] = sum;
                words[i] = words[i].substring(0, space);
            }
        }

        String any(Random random) {
            int at = random.nextInt(upTo[upTo.length - 1]);
            int i = 0;
            while (upTo[i] <= at) {
                i++;
            }
            return words[i];
        }
    }
}
