/** The REST API (design section 7) and how it says no: problem+json that never echoes what was sent. */
package io.cordon.web.api;
