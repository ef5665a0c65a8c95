/** One handler a topic: what the playbooks do outside the engine. */
package io.cordon.playbook.handlers;
