"""For tests and trials, public: a painted demo library, generated lives and trees, bad steps."""
