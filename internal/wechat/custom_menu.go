package wechat

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
)

// MenuButton is a button of an account's menu as the API writes it. A button with Sub has nothing else but a name.
type MenuButton struct {
	Type     string       `json:"type,omitempty"` // click, view, miniprogram, …
	Name     string       `json:"name"`
	Key      string       `json:"key,omitempty"`
	URL      string       `json:"url,omitempty"`
	AppID    string       `json:"appid,omitempty"`
	PagePath string       `json:"pagepath,omitempty"`
	Sub      []MenuButton `json:"sub_button,omitempty"`
}

// TaggedMenu is the menu of the followers who carry a tag.
type TaggedMenu struct {
	ID      string // that WeChat gave it, "" before it is set
	TagID   int
	Buttons []MenuButton
}

// CustomMenu is an account's menu and those for tags.
type CustomMenu struct {
	Buttons []MenuButton
	Tagged  []TaggedMenu
}

// noMenu is the code for an account that has none.
const noMenu = 46003

// tagged is how the API writes the menu for a tag.
type tagged struct {
	ID      flexible     `json:"menuid,omitempty"`
	Buttons []MenuButton `json:"button"`
	Rule    struct {
		TagID flexible `json:"tag_id"`
	} `json:"matchrule"`
}

// flexible is a number that WeChat writes as a string.
type flexible string

func (f *flexible) UnmarshalJSON(data []byte) error {
	for _, b := range data {
		if b >= '0' && b <= '9' {
			*f += flexible(b)
		}
	}
	return nil
}

func (f flexible) MarshalJSON() ([]byte, error) { return []byte(`"` + string(f) + `"`), nil }

// Menu returns the menu that the account has now; the zero CustomMenu is none.
func (a *API) Menu(ctx context.Context) (CustomMenu, error) {
	var answer struct {
		Menu struct {
			Buttons []MenuButton `json:"button"`
		} `json:"menu"`
		Conditional []tagged `json:"conditionalmenu"`
	}
	err := a.Get(ctx, "/cgi-bin/menu/get", url.Values{}, &answer)
	if refused, ok := errors.AsType[*APIError](err); ok && refused.Code == noMenu {
		return CustomMenu{}, nil
	}
	if err != nil {
		return CustomMenu{}, fmt.Errorf("read the menu: %w", err)
	}
	menu := CustomMenu{Buttons: answer.Menu.Buttons}
	for _, one := range answer.Conditional {
		id, _ := strconv.Atoi(string(one.Rule.TagID)) // 0, which is no tag, where it is none
		menu.Tagged = append(menu.Tagged, TaggedMenu{ID: string(one.ID), TagID: id, Buttons: one.Buttons})
	}
	return menu, nil
}

// SetMenu puts a menu in place of the one the account has, which stays where WeChat refuses the new one. Menus for tags are
// all written anew.
func (a *API) SetMenu(ctx context.Context, menu CustomMenu) error {
	if len(menu.Buttons) == 0 {
		return errors.New("set the menu: there is no button")
	}
	before, err := a.Menu(ctx)
	if err != nil {
		return err
	}
	body := struct {
		Buttons []MenuButton `json:"button"`
	}{menu.Buttons}
	if err := a.Post(ctx, "/cgi-bin/menu/create", body, nil); err != nil {
		return fmt.Errorf("set the menu: %w", err)
	}
	for _, one := range before.Tagged {
		if err := a.Post(ctx, "/cgi-bin/menu/delconditional", map[string]string{"menuid": one.ID}, nil); err != nil {
			return fmt.Errorf("delete the menu for tag %d: %w", one.TagID, err)
		}
	}
	for _, one := range menu.Tagged {
		body := tagged{Buttons: one.Buttons}
		body.Rule.TagID = flexible(strconv.Itoa(one.TagID))
		if err := a.Post(ctx, "/cgi-bin/menu/addconditional", body, nil); err != nil {
			return fmt.Errorf("set the menu for tag %d: %w", one.TagID, err)
		}
	}
	return nil
}
