package io.cordon.channels.teams;

/** Where a card ended up; both ids are needed to replace it later. Contract teams-pagerduty, section 1.3. */
public record PostedCard(String conversationId, String activityId) {}
