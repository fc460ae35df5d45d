package testenv

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Slots is how many a Redis Cluster shares out.
const Slots = 16384

// StartCluster starts three masters, in the order of their slots, that share them evenly. Each begins with an epoch of its own, as
// redis-cli has it: masters of the same epoch settle later who is the newer one, and take a slot back that was given away
// meanwhile.
func StartCluster(tb testing.TB) []*Redis {
	tb.Helper()
	_, bus, _ := net.SplitHostPort(FreeAddress(tb))
	first := StartRedis(tb, "--cluster-enabled", "yes", "--cluster-port", bus)
	first.Ask(tb, "cluster", "set-config-epoch", 1)
	host, port, _ := net.SplitHostPort(first.Address)
	masters := []*Redis{first}
	for len(masters) < 3 {
		_, own, _ := net.SplitHostPort(FreeAddress(tb))
		master := StartRedis(tb, "--cluster-enabled", "yes", "--cluster-port", own)
		master.Ask(tb, "cluster", "set-config-epoch", len(masters)+1)
		master.Ask(tb, "cluster", "meet", host, port, bus)
		masters = append(masters, master)
	}
	for i, master := range masters {
		master.Ask(tb, "cluster", "addslotsrange", Slots*i/len(masters), Slots*(i+1)/len(masters)-1)
	}
	for _, master := range masters {
		Await(tb, "the cluster to form", func() bool {
			info := fmt.Sprint(master.Ask(tb, "cluster", "info"))
			return strings.Contains(info, "cluster_state:ok\r\n") && strings.Contains(info, "cluster_known_nodes:3\r\n")
		})
	}
	return masters
}

// Addresses are those of servers.
func Addresses(servers []*Redis) (addresses []string) {
	for _, server := range servers {
		addresses = append(addresses, server.Address)
	}
	return addresses
}

// StartSentinel starts a Sentinel that watches a master under that name.
func StartSentinel(tb testing.TB, name string, master *Redis) *Redis {
	tb.Helper()
	host, port, _ := net.SplitHostPort(master.Address)
	directory := tb.TempDir()
	file := filepath.Join(directory, "sentinel.conf")
	if err := os.WriteFile(file, []byte("sentinel monitor "+name+" "+host+" "+port+" 1\n"), 0o600); err != nil {
		tb.Fatal(err)
	}
	return start(tb, directory, file, "--sentinel")
}
