"""The cost model: ordinary functions over quantities, by business topic, mirroring the scenario's parts."""
