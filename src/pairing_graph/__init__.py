"""From official Chinese notices (任务分解表, 结对帮扶表) to a knowledge base and a graph of units, tasks and townships.

>>> import pairing_graph as pg
>>> kb = pg.read_notice("data/raw/wuxi-yuzhong-2022.txt")
>>> G = pg.build_graph(kb)
>>> int(pg.workload(G).loc["渝中区招商投资局", "lead"])
7

A name is imported when it is first used, so that reading a notice does not wait for what draws it.
"""

import lazy_loader

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
