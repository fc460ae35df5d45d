package config

import (
	"errors"
	"io"
	"os"
	"strings"

	"zhugong/internal/strictyaml"
)

// maxSecretBytes is the size of the largest file that may hold a secret.
const maxSecretBytes = 4 << 10

// secretFile reads a secret from the file that t names.
func (l *loader) secretFile(t strictyaml.Text, what string) string {
	path := l.path(t.Value)
	data, err := readFile(path, maxSecretBytes)
	if err != nil {
		l.fault(t, "放 "+what+" 的文件读不了："+reason(err), "写对路径（从配置文件所在的文件夹算起），并让运行程序的用户能读。")
		return ""
	}
	secret := strings.TrimSpace(string(data))
	if secret == "" || strings.ContainsAny(secret, " \t\r\n") {
		l.fault(t, "放 "+what+" 的文件里不是一个密码：空的，或者中间有空格、换行", "文件里只放 "+what+" 一行。")
	}
	if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o044 != 0 {
		l.warn(t, "放 "+what+" 的文件别的用户也能读", "运行 chmod 600 "+t.Value+" 。")
	}
	return secret
}

var errNotRegular = errors.New("not a regular file of a sensible size")

// readFile reads a regular file of at most limit bytes.
func readFile(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > limit {
		return nil, errNotRegular
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, limit))
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
