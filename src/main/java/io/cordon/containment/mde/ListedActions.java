package io.cordon.containment.mde;

import java.util.List;

/**
 * What a list of actions held.
 *
 * @param actions those that can be read
 * @param unreadable how many rows say too little to be an action
 */
public record ListedActions(List<MachineAction> actions, int unreadable) {}
