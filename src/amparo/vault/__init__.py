"""The vault: personal words are sealed here, and only here is cryptography known.

A random key for each person, case or office and each compartment (`DataKey`) seals fields; these
keys are wrapped by their office's key, and office keys by the root key, which lives in the keyring
file under the organisation's passphrase. Losing the database therefore loses no words, and destroying
one data key erases a person's words for good, in backups too once those of the key table expire.

`sealing` seals and opens rows, `tokens` makes blind look-up tokens, `keyring` unlocks, `signing` signs,
`ingest` and `store` keep files. `keys` holds key material and is nobody else's business.
"""
