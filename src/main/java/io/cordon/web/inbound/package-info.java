/** What Teams and PagerDuty call: bounded bodies, then the channels check who it is from. May import channels' public types. */
package io.cordon.web.inbound;
