package io.cordon.alerts;

/**
 * What is recorded about an alert that came, and about the machine it names.
 *
 * @param own the case its newest version is in, or null when it was never seen under this id
 * @param copy the case of the newest copy that came through another outlet under another id, or null
 * @param same whether it was seen with this very content
 * @param home an open case of the machine, or null
 * @param named how many of the machine's names lead to an open case
 */
record KnownAlert(String own, String copy, boolean same, String home, int named) {
  /** The case in which the detection is already, or null. */
  String known() {
    return own != null ? own : copy;
  }
}
