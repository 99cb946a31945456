"""Making things of photos: one maker a kind, behind one door (`makers`)."""
