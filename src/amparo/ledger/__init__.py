"""The ledger: an append-only Merkle tree over every act, in the same transaction as the act.

`records` is what every table of casework is made of; `writing` is the one write path: a command opens a
unit of work, changes records through it and notes what was done, and the outermost command appends its
events once, last. `verbs` names every act and the facts that it may carry. `merkle` and `notes` are pure;
`verifying` holds rows, entries and signatures against each other without any passphrase.
"""
