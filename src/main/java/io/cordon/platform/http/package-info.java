/**
 * Outgoing HTTP: one factory (trust, timeouts, no redirects, no silent resend) and a JSON exchange whose failures say
 * whether the request can have left. Bodies are never logged. Imports nothing of ours.
 */
package io.cordon.platform.http;
