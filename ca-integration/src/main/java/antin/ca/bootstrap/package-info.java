/** The offline program that makes what an installation's processes need before any of them runs. What it signed lies in {@code ca/issued} until the ledger has it. */
@NullMarked
package antin.ca.bootstrap;

import org.jspecify.annotations.NullMarked;
