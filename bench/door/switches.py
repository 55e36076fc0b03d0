"""测速专用的两样：量快慢的那几轮不限次，每个回答带上花了多少 CPU。只有 bench.settings 装它们，正式的设置里没有。"""

from time import thread_time

from public import throttle

NO_END = 10**9


class Unthrottled:
    """Lifts the five tries of this process; everything else goes the way it always goes."""

    def __init__(self, get_response):
        self.get_response = get_response
        throttle.TRIES = NO_END

    def __call__(self, request):
        return self.get_response(request)


class ThreadClock:
    """Says in a header how much CPU, in seconds, the thread spent on this request; work beside it is not in it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        started = thread_time()
        answer = self.get_response(request)
        answer["X-Thread-CPU"] = f"{thread_time() - started:.6f}"
        return answer
