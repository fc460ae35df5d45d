package knowledge

// SchemaKinds returns the kinds of knowledge files that have a schema: topic, facts and so on.
func SchemaKinds() []string {
	return []string{"topic", "flow", "choices", "menu", "facts", "public", "outside", "safety", "danger", "followups", "words", "answers"}
}

// Schema returns the JSON schema of a kind of files for editors, nil when there is no such kind. The folder
// schema holds them ready for use.
func Schema(kind string) []byte {
	forms := newForms()
	switch kind {
	case "topic":
		return forms.topic.JSONSchema("筑工：主题文件 topics/*.yaml")
	case "flow":
		return forms.flow.JSONSchema("筑工：一步步的办理 flows/*.yaml")
	case "choices":
		return forms.choices.JSONSchema("筑工：共用的选项 choices.yaml")
	case "menu":
		return forms.menu.JSONSchema("筑工：公众号的菜单 menu.yaml")
	case "facts":
		return forms.facts.JSONSchema("筑工：事实台账 facts.yaml")
	case "public":
		return forms.public.JSONSchema("筑工：公开信息 public.yaml")
	case "outside":
		return forms.outside.JSONSchema("筑工：域外 outside.yaml")
	case "safety":
		return forms.safety.JSONSchema("筑工：危机和辱骂 safety.yaml")
	case "danger":
		return forms.danger.JSONSchema("筑工：拿不准的危险话 danger.yaml")
	case "followups":
		return forms.followUps.JSONSchema("筑工：追问 followups.yaml")
	case "words":
		return forms.words.JSONSchema("筑工：方言和口头语 words.yaml")
	case "answers":
		return newOverlayForms().answers.JSONSchema("筑工：一个公众号自己的回答 answers.yaml")
	}
	return nil
}
