/*
 * A card in front of SoftHSM: it counts wrong PINs and locks after three, can be pulled out, and can have a reader with keys of its own. SoftHSM does none of these.
 * Files in STATE say what it does: "tries" (wrong PINs so far), "removed", "remove-at" (pulled out at that signature), "pad" (the PIN that the person types at the reader); "logins" keeps the
 * length of every PIN that came. PKCS#11 2.40; compiled with -DSTATE="folder" -DBACKEND="libsofthsm2.so".
 */
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef unsigned long CK_ULONG;
typedef CK_ULONG (*function)();

enum { GET_FUNCTION_LIST = 3, GET_SLOT_LIST = 4, GET_TOKEN_INFO = 6, SET_PIN = 11, OPEN_SESSION = 12, LOGIN = 18, SIGN = 43, FUNCTIONS = 68 };
enum { OK = 0, DEVICE_REMOVED = 0x32, PIN_INCORRECT = 0xa0, PIN_LOCKED = 0xa4, TOKEN_NOT_PRESENT = 0xe0 };
enum { PAD = 0x100, COUNT_LOW = 0x10000, FINAL_TRY = 0x20000, LOCKED = 0x40000, FLAGS_OFFSET = 96, TRIES = 3 };

struct list {
    unsigned char version[2];
    function functions[FUNCTIONS];
};

static struct list card;
static struct list *real;

static int has(const char *name) {
    return access(name, F_OK) == 0;
}

static int number(const char *name) {
    int value = 0;
    FILE *file = fopen(name, "r");
    if (file) {
        if (fscanf(file, "%d", &value) != 1) value = 0;
        fclose(file);
    }
    return value;
}

static void write_number(const char *name, const char *mode, int value) {
    FILE *file = fopen(name, mode);
    fprintf(file, "%d\n", value);
    fclose(file);
}

static CK_ULONG get_slot_list(unsigned char present, CK_ULONG *slots, CK_ULONG *count) {
    if (has(STATE "/removed") && present) {
        *count = 0;
        return OK;
    }
    return real->functions[GET_SLOT_LIST](present, slots, count);
}

static CK_ULONG get_token_info(CK_ULONG slot, unsigned char *info) {
    if (has(STATE "/removed")) return TOKEN_NOT_PRESENT;
    CK_ULONG result = real->functions[GET_TOKEN_INFO](slot, info);
    CK_ULONG flags;
    memcpy(&flags, info + FLAGS_OFFSET, sizeof flags);
    flags &= ~(CK_ULONG) (COUNT_LOW | FINAL_TRY | LOCKED);
    int wrong = number(STATE "/tries");
    if (wrong > 0) flags |= COUNT_LOW;
    if (wrong == TRIES - 1) flags |= FINAL_TRY;
    if (wrong >= TRIES) flags |= LOCKED;
    if (has(STATE "/pad")) flags |= PAD;
    memcpy(info + FLAGS_OFFSET, &flags, sizeof flags);
    return result;
}

static CK_ULONG open_session(CK_ULONG slot, CK_ULONG flags, void *application, void *notify, CK_ULONG *session) {
    if (has(STATE "/removed")) return TOKEN_NOT_PRESENT;
    return real->functions[OPEN_SESSION](slot, flags, application, notify, session);
}

static CK_ULONG counted(CK_ULONG result) {
    if (result == PIN_INCORRECT) write_number(STATE "/tries", "w", number(STATE "/tries") + 1);
    if (result == OK) write_number(STATE "/tries", "w", 0);
    return result;
}

static CK_ULONG login(CK_ULONG session, CK_ULONG user, char *pin, CK_ULONG length) {
    char typed[64] = "";
    write_number(STATE "/logins", "a", (int) length);
    if (has(STATE "/removed")) return DEVICE_REMOVED;
    if (number(STATE "/tries") >= TRIES) return PIN_LOCKED;
    if (!pin && has(STATE "/pad")) {
        FILE *pad = fopen(STATE "/pad", "r");
        if (fscanf(pad, "%63s", typed) != 1) typed[0] = 0;
        fclose(pad);
        pin = typed;
        length = strlen(typed);
    }
    return counted(real->functions[LOGIN](session, user, pin, length));
}

static CK_ULONG set_pin(CK_ULONG session, char *old, CK_ULONG old_length, char *fresh, CK_ULONG fresh_length) {
    if (number(STATE "/tries") >= TRIES) return PIN_LOCKED;
    return counted(real->functions[SET_PIN](session, old, old_length, fresh, fresh_length));
}

static CK_ULONG sign(CK_ULONG session, void *data, CK_ULONG length, void *value, CK_ULONG *value_length) {
    if (value && has(STATE "/remove-at")) {
        int left = number(STATE "/remove-at") - 1;
        write_number(STATE "/remove-at", "w", left);
        if (left == 0) write_number(STATE "/removed", "w", 1);
    }
    if (has(STATE "/removed")) return DEVICE_REMOVED;
    return real->functions[SIGN](session, data, length, value, value_length);
}

CK_ULONG C_GetFunctionList(struct list **answer) {
    CK_ULONG (*get)(struct list **) = (CK_ULONG (*)(struct list **)) dlsym(dlopen(BACKEND, RTLD_NOW | RTLD_LOCAL), "C_GetFunctionList");
    CK_ULONG result = get(&real);
    card = *real;
    card.functions[GET_FUNCTION_LIST] = (function) C_GetFunctionList;
    card.functions[GET_SLOT_LIST] = (function) get_slot_list;
    card.functions[GET_TOKEN_INFO] = (function) get_token_info;
    card.functions[SET_PIN] = (function) set_pin;
    card.functions[OPEN_SESSION] = (function) open_session;
    card.functions[LOGIN] = (function) login;
    card.functions[SIGN] = (function) sign;
    *answer = &card;
    return result;
}
