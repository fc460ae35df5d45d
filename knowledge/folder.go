package knowledge

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"zhugong/internal/strictyaml"
)

// These bound how many files are read.
const (
	maxTopics = 200
	maxFlows  = 50
)

const (
	factsName     = "facts.yaml"
	publicName    = "public.yaml"
	outsideName   = "outside.yaml"
	safetyName    = "safety.yaml"
	dangerName    = "danger.yaml"
	followUpsName = "followups.yaml"
	wordsName     = "words.yaml"
	choicesName   = "choices.yaml"
	topicsName    = "topics"
	flowsName     = "flows"
)

// isFlow reports whether a file is that of a guided dialogue.
func isFlow(name string) bool { return strings.HasPrefix(name, flowsName+"/") }

// content is one file as it was read.
type content struct {
	name string
	data []byte
}

// readFolder reads every file of a knowledge folder once, so that all checks see the same bytes.
func readFolder(fsys fs.FS) ([]content, []strictyaml.Fault) {
	names := []string{safetyName, dangerName, outsideName, factsName, publicName, followUpsName, wordsName} // what takes long first
	topics, faults := topicNames(fsys)
	flows, more := flowNames(fsys)
	faults = append(faults, more...)
	for _, name := range []string{choicesName, MenuFile} { // which there need not be
		if _, err := fs.Stat(fsys, name); !errors.Is(err, fs.ErrNotExist) {
			names = append(names, name)
		}
	}
	var files []content
	for _, name := range slices.Concat(names, topics, flows) {
		data, fault := readOne(fsys, name)
		if fault != nil {
			faults = append(faults, *fault)
			continue
		}
		files = append(files, content{name, data})
	}
	return files, faults
}

// topicNames lists the topic files and reports what only looks like one.
func topicNames(fsys fs.FS) ([]string, []strictyaml.Fault) {
	listed, err := fs.ReadDir(fsys, topicsName)
	if err != nil {
		return nil, []strictyaml.Fault{{File: topicsName, Message: "找不到 topics 文件夹，或者打不开",
			Mend: "把主题文件放在知识文件夹下面的 topics 里。"}}
	}
	names, faults := yamlNames(topicsName, listed)
	if len(names) == 0 || len(names) > maxTopics {
		faults = append(faults, strictyaml.Fault{File: topicsName,
			Message: fmt.Sprintf("topics 里有 %d 个主题文件，应该有 1 到 %d 个", len(names), maxTopics)})
		names = nil
	}
	return names, faults
}

// flowNames does the same for the files of guided dialogues, which a folder need not have.
func flowNames(fsys fs.FS) ([]string, []strictyaml.Fault) {
	listed, err := fs.ReadDir(fsys, flowsName)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, []strictyaml.Fault{{File: flowsName, Message: "flows 打不开，或者不是文件夹",
			Mend: "看看文件夹的权限；没有一步步的办理，就把它删掉。"}}
	}
	names, faults := yamlNames(flowsName, listed)
	if len(names) > maxFlows {
		faults = append(faults, strictyaml.Fault{File: flowsName,
			Message: fmt.Sprintf("flows 里有 %d 个文件，最多 %d 个", len(names), maxFlows), Mend: "把不用的拿走。"})
		names = nil
	}
	return names, faults
}

// yamlNames picks out the files that are read.
func yamlNames(folder string, listed []fs.DirEntry) ([]string, []strictyaml.Fault) {
	var names []string
	var faults []strictyaml.Fault
	for _, file := range listed {
		name := path.Join(folder, file.Name())
		switch extension := path.Ext(file.Name()); {
		case strings.HasPrefix(file.Name(), ".") || strings.HasPrefix(file.Name(), "~"):
		case file.IsDir():
			faults = append(faults, strictyaml.Fault{File: name, Warning: true,
				Message: folder + " 里的文件夹不会读", Mend: "把里面的文件直接放在 " + folder + " 下面。"})
		case extension == ".yaml":
			names = append(names, name)
		case extension == ".yml" || extension == ".txt" || strings.EqualFold(extension, ".yaml"):
			faults = append(faults, strictyaml.Fault{File: name,
				Message: "文件名要以 .yaml 结尾，不然不会读", Mend: "改成 " + strings.TrimSuffix(file.Name(), extension) + ".yaml 。"})
		}
	}
	return names, faults
}

// readOne reads a regular file of a sensible size.
func readOne(fsys fs.FS, name string) ([]byte, *strictyaml.Fault) {
	info, err := fs.Stat(fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &strictyaml.Fault{File: name, Message: "找不到这个文件", Mend: "从程序自带的知识里拷一份，再改。"}
	case err != nil:
		return nil, &strictyaml.Fault{File: name, Message: "打不开这个文件", Mend: "看看文件的权限；不要用指向别处的链接。"}
	case !info.Mode().IsRegular():
		return nil, &strictyaml.Fault{File: name, Message: "这不是一个普通的文件", Mend: "换成普通的文本文件。"}
	case info.Size() > strictyaml.MaxBytes:
		return nil, &strictyaml.Fault{File: name,
			Message: fmt.Sprintf("文件太大：%d KB，最多 %d KB", info.Size()>>10, strictyaml.MaxBytes>>10), Mend: "把内容分到几个文件里。"}
	}
	file, err := fsys.Open(name)
	if err == nil {
		defer file.Close()
		var data bytes.Buffer
		data.Grow(int(info.Size()) + bytes.MinRead)
		if _, err = data.ReadFrom(io.LimitReader(file, strictyaml.MaxBytes+1)); err == nil {
			return data.Bytes(), nil
		}
	}
	return nil, &strictyaml.Fault{File: name, Message: "读这个文件的时候出错了", Mend: "看看文件的权限，或者过一会儿再试。"}
}

// version names the content of files: the same files give the same version.
func version(files []content) string {
	hash := sha256.New()
	for _, file := range slices.SortedFunc(slices.Values(files), func(a, b content) int {
		return strings.Compare(a.name, b.name)
	}) {
		fmt.Fprintf(hash, "%s %d\n", file.name, len(file.data))
		hash.Write(file.data)
	}
	return hex.EncodeToString(hash.Sum(nil))[:12]
}
