/** Every way the gate can be used up to a depth, on the real gate and a real database, judged by somebody who shares no code with it. */
package io.cordon.gate.explorer;
