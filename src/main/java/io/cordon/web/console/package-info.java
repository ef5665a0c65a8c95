/** The pages for people: plain HTML that works without scripts; htmx only refreshes the list of cases. */
package io.cordon.web.console;
