package io.cordon.channels.teams.answers;

import java.time.Instant;
import java.util.Set;

/**
 * What a checked Connector token says. It proves the channel, not the person, and does not cover the body.
 *
 * @param serviceUrl the claim that the activity's own must equal
 * @param endorsements channels the signing key may speak for, such as msteams
 */
record VerifiedCall(String keyId, String serviceUrl, Set<String> endorsements, Instant expires) {}
