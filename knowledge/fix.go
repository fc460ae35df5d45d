package knowledge

import (
	"fmt"
	"io/fs"

	"zhugong/internal/strictyaml"
)

// Fix mends what can be mended in a knowledge folder without knowing what was meant. It calls write for
// every file that has changed and returns what was mended. Files that cannot be read are left alone; Load
// tells of them.
func Fix(fsys fs.FS, write func(name string, data []byte) error) ([]strictyaml.Fault, error) {
	files, _ := readFolder(fsys)
	forms := newForms()
	var all []strictyaml.Fault
	for _, file := range files {
		fixed, mended := forms.fix(file)
		if len(mended) == 0 {
			continue
		}
		all = append(all, mended...)
		if err := write(file.name, fixed); err != nil {
			return all, fmt.Errorf("write %s: %w", file.name, err)
		}
	}
	return strictyaml.Sort(all), nil
}

func (f forms) fix(file content) ([]byte, []strictyaml.Fault) {
	switch file.name {
	case factsName:
		return f.facts.Fix(file.name, file.data)
	case publicName:
		return f.public.Fix(file.name, file.data)
	case outsideName:
		return f.outside.Fix(file.name, file.data)
	case safetyName:
		return f.safety.Fix(file.name, file.data)
	case dangerName:
		return f.danger.Fix(file.name, file.data)
	case followUpsName:
		return f.followUps.Fix(file.name, file.data)
	case wordsName:
		return f.words.Fix(file.name, file.data)
	case choicesName:
		return f.choices.Fix(file.name, file.data)
	case MenuFile:
		return f.menu.Fix(file.name, file.data)
	}
	if isFlow(file.name) {
		return f.flow.Fix(file.name, file.data)
	}
	return f.topic.Fix(file.name, file.data)
}
