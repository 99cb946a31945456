"""Purposes, notices, grants, the gate and the ledger: what may be done, and the record of it."""
