/** The in-process worker for external tasks: fetch, hand to one handler a topic, report, retry later. */
package io.cordon.playbook.worker;
