"""群众的门：猜码、有没有码的快慢、压着群众的请求登记、查询页的 CPU。在演示城市的一份拷贝里量，量完删掉。

Throttles are lifted only where a question is about time: by `BENCH_UNTHROTTLED=1`, which only bench.settings reads.
"""
