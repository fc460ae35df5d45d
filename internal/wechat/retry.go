package wechat

import "errors"

// Retry says when a message that WeChat did not take can be sent again.
type Retry int

// From soon to never.
const (
	RetrySoon     Retry = iota // WeChat is busy or cannot be reached; it may even have taken the message
	RetryMinute                // the minute's calls are used up
	RetryTomorrow              // the day's calls are used up
	RetryHeard                 // when the worker has written again: the account may send him nothing more until then
	RetryNever                 // the worker, the message or the account has to change first
)

// retries are the codes after which it is not RetryNever.
var retries = map[int]Retry{
	busy:  RetrySoon,
	40001: RetrySoon, // with a token that was renewed a moment ago
	40014: RetrySoon,
	42001: RetrySoon,
	45011: RetryMinute,
	45009: RetryTomorrow,
	45015: RetryHeard, // 48 hours without a message of the worker
	45047: RetryHeard, // as many as he may be sent
}

// RetryOf says when to send again what failed with err. What is no answer of WeChat's API, as a page in HTML or a time-out,
// is RetrySoon.
func RetryOf(err error) Retry {
	var refused *APIError
	if !errors.As(err, &refused) {
		return RetrySoon
	}
	if retry, known := retries[refused.Code]; known {
		return retry
	}
	return RetryNever
}

// CodeOf is the code of WeChat's refusal, 0 for any other error.
func CodeOf(err error) int {
	var refused *APIError
	if errors.As(err, &refused) {
		return refused.Code
	}
	return 0
}
