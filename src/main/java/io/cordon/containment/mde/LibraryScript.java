package io.cordon.containment.mde;

/**
 * A live response run of one script out of the tenant's library. Contract mde, sections 5.1 to 5.3.
 *
 * @param name of the file in the library
 * @param arguments one string handed to the script; nothing in it may need quoting
 */
public record LibraryScript(String name, String arguments) {
  public LibraryScript {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}") || !arguments.matches("[A-Za-z0-9 ._,-]{0,700}")) {
      throw new IllegalArgumentException("A library script is a plain file name and plain arguments");
    }
  }
}
