#!/usr/bin/env python3
"""枫桥：python3 run.py 启动；python3 run.py help 看全部用法。只需要 Python 3.11 以上。"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - 就是要在旧版本上说清楚
    sys.exit("需要 Python 3.11 或更新的版本，现在是 {}.{}。".format(*sys.version_info[:2]))

from launcher.word_list import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
