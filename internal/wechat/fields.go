package wechat

// field is where the Message keeps the field that WeChat calls name, nil if nowhere.
func (d *decoder) field(name string) *string {
	m := d.m
	switch name {
	case "ToUserName":
		return &m.To
	case "FromUserName":
		return &m.From
	case "CreateTime":
		return &d.createTime
	case "MsgType":
		return &m.Type
	case "MsgId":
		return &m.ID
	case "MsgID":
		return &d.msgID
	case "Content":
		return &m.Content
	case "Event":
		return &m.Event
	case "EventKey":
		return &m.EventKey
	case "bizmsgmenuid":
		return &m.BizMsgMenuID
	case "Recognition":
		return &m.Recognition
	}
	if field := m.mediaField(name); field != nil {
		return field
	}
	return m.eventField(name)
}

func (m *Message) mediaField(name string) *string {
	switch name {
	case "PicUrl":
		return &m.PicURL
	case "MediaId":
		return &m.MediaID
	case "MediaId16K":
		return &m.MediaID16K
	case "Format":
		return &m.Format
	case "ThumbMediaId":
		return &m.ThumbMediaID
	case "ThumbUrl":
		return &m.ThumbURL
	case "Title":
		return &m.Title
	case "Description":
		return &m.Description
	case "Url":
		return &m.URL
	case "AppId":
		return &m.AppID
	case "PagePath":
		return &m.PagePath
	case "MsgDataId":
		return &m.MsgDataID
	case "Idx":
		return &m.Idx
	}
	return m.Location.field(name)
}

func (m *Message) eventField(name string) *string {
	switch name {
	case "Ticket":
		return &m.Ticket
	case "MenuId":
		return &m.MenuID
	case "Latitude":
		return &m.Latitude
	case "Longitude":
		return &m.Longitude
	case "Precision":
		return &m.Precision
	case "Status":
		return &m.Status
	case "TotalCount":
		return &m.TotalCount
	case "FilterCount":
		return &m.FilterCount
	case "SentCount":
		return &m.SentCount
	case "ErrorCount":
		return &m.ErrorCount
	case "SessionFrom":
		return &m.SessionFrom
	}
	return nil
}

// nested is field for what stands one level deeper, in parent.
func (d *decoder) nested(parent, name string) *string {
	m := d.m
	switch parent {
	case "ScanCodeInfo":
		switch name {
		case "ScanType":
			return &m.ScanType
		case "ScanResult":
			return &m.ScanResult
		}
	case "SendPicsInfo":
		if name == "Count" {
			return &m.PicCount
		}
	case "SendLocationInfo":
		if name == "Poiname" {
			return &m.SendLocation.Name
		}
		return m.SendLocation.field(name)
	}
	return nil
}

func (p *Place) field(name string) *string {
	switch name {
	case "Location_X":
		return &p.X
	case "Location_Y":
		return &p.Y
	case "Scale":
		return &p.Scale
	case "Label":
		return &p.Label
	}
	return nil
}

func (s *Subscription) field(name string) *string {
	switch name {
	case "TemplateId":
		return &s.TemplateID
	case "SubscribeStatusString":
		return &s.Status
	case "PopupScene":
		return &s.PopupScene
	case "MsgID", "MsgId":
		return &s.MsgID
	case "ErrorCode":
		return &s.ErrorCode
	case "ErrorStatus":
		return &s.ErrorText
	}
	return nil
}
