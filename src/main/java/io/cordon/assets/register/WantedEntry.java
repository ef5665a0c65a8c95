package io.cordon.assets.register;

/**
 * An entry as a file wants it.
 *
 * @param wanted its revision is the one the file was made from, 0 for a machine that is new to the register
 * @param line line of the file, from 1
 * @param number place in the list, from 1
 */
record WantedEntry(RegisterEntry wanted, int line, int number) {
  RegisterUnreadable refused(RegisterUnreadable.Problem problem) {
    return new RegisterUnreadable(problem, line, number, null);
  }
}
