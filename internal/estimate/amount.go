package estimate

import (
	"math"
	"strconv"
)

// yuan writes a sum in whole yuan, with 约 where it was rounded.
func yuan(sum float64) string {
	rounded := math.Round(sum)
	digits := strconv.FormatInt(int64(rounded), 10)
	if math.Abs(sum-rounded) > 1e-6 {
		return "约 " + digits
	}
	return digits
}

// number writes a figure without needless decimals.
func number(value float64) string {
	return strconv.FormatFloat(math.Round(value*100)/100, 'f', -1, 64)
}
