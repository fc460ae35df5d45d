package knowledge

// Menu is the custom menu of the account: the buttons below the conversation.
type Menu struct {
	Buttons     []MenuButton // none: there is no menu file
	Conditional []ConditionalMenu
}

// ConditionalMenu is the menu of the followers who carry a tag.
type ConditionalMenu struct {
	TagID   int
	About   string
	Buttons []MenuButton
}

// MenuButton does one thing, or opens the buttons below it: it sends Key, opens the page PagePath of the mini program AppID
// (on old phones URL), or opens URL.
type MenuButton struct {
	Name            string
	Key             string // id of an entry, or of a flow behind FlowKey
	URL             string
	AppID, PagePath string
	Sub             []MenuButton
}

// FlowKey begins the key of a button that opens a guided dialogue.
const FlowKey = "flow:"

// MenuFile is the name of the file of the menu.
const MenuFile = "menu.yaml"

// menuOf builds the menu.
func (f *folder) menuOf() Menu {
	menu := Menu{Buttons: buttons(f.menu.Buttons)}
	for i := range f.menu.Tagged {
		t := &f.menu.Tagged[i]
		menu.Conditional = append(menu.Conditional, ConditionalMenu{TagID: wholeNumber(t.TagID), About: t.About.Value, Buttons: buttons(t.Buttons)})
	}
	return menu
}

func buttons(written []buttonForm) []MenuButton {
	var all []MenuButton
	for i := range written {
		b := &written[i]
		button := b.button()
		for j := range b.Sub {
			sub := b.Sub[j].asTop()
			button.Sub = append(button.Sub, sub.button())
		}
		all = append(all, button)
	}
	return all
}

// asTop is the button as if it stood in the bottom row: it can do the same.
func (b *subButtonForm) asTop() *buttonForm {
	return &buttonForm{Place: b.Place, Name: b.Name, Key: b.Key, URL: b.URL, AppID: b.AppID, Path: b.Path}
}

func (b *buttonForm) button() MenuButton {
	return MenuButton{Name: b.Name.Value, Key: b.Key.Value, URL: b.URL.Value, AppID: b.AppID.Value, PagePath: b.Path.Value}
}
