/** Who may call which address: the three filter chains, the access table, sign-in against Entra, the current person. */
package io.cordon.web.security;
