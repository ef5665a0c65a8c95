/**
 * Runs the playbooks: engine settings, model deployment, the external-task worker and its handlers, delegates.
 * The only package that imports org.camunda. May import platform, evidence, assets, alerts, gate, posture, channels
 * and containment; nothing but web may import it.
 */
package io.cordon.playbook;
