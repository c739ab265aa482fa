/** Buttons and menus. */

import { Archive, OctagonX, Pencil, Plus } from "lucide-react";
import { m } from "../../paraglide/messages.js";
import { ActionButton } from "../../ui/ActionButton";
import { Button, type ButtonKind, buttonKinds, IconButton } from "../../ui/Button";
import { Menu, type MenuAction } from "../../ui/Menu";
import { Popup } from "../../ui/Popup";
import { Forced } from "./Forced";
import { Held } from "./Held";
import { LONG, pressed, type Specimen } from "./specimen";

const kinds = Object.keys(buttonKinds) as ButtonKind[];

const each = (props: { isDisabled?: boolean; isPending?: boolean }) =>
  kinds.map((kind) => (
    <Button key={kind} kind={kind} icon={Plus} onPress={pressed} {...props}>
      {m.create()}
    </Button>
  ));

const forced = (look: "hovered" | "pressed") =>
  kinds.map((kind) => (
    <Forced key={kind} look={look}>
      <Button kind={kind} icon={Plus} onPress={pressed}>
        {m.create()}
      </Button>
    </Forced>
  ));

const menu = (): MenuAction[] => [
  { id: "rename", text: m.rename(), icon: Pencil, act: pressed },
  { id: "archive", text: m.archive(), icon: Archive, why: m.why_not_active(), act: pressed },
  { id: "withdraw", text: LONG, icon: OctagonX, danger: true, act: pressed },
];

export const actions = (): Specimen[] => [
  {
    of: "Button",
    states: [
      [m.gallery_normal(), each({})],
      [m.gallery_hovered(), forced("hovered")],
      [m.gallery_held_down(), forced("pressed")],
      [m.gallery_disabled(), each({ isDisabled: true })],
      [m.gallery_pending(), each({ isPending: true })],
    ],
  },
  {
    of: "IconButton",
    states: [
      [
        m.gallery_normal(),
        <IconButton key="n" label={m.rename()} icon={Pencil} onPress={pressed} />,
      ],
      [
        m.gallery_hovered(),
        <Forced key="h" look="hovered">
          <IconButton label={m.rename()} icon={Pencil} onPress={pressed} />
        </Forced>,
      ],
      [
        m.gallery_disabled(),
        <IconButton key="d" label={m.rename()} icon={Pencil} isDisabled onPress={pressed} />,
      ],
    ],
  },
  {
    of: "ActionButton",
    states: [
      [
        m.gallery_normal(),
        <ActionButton key="n" icon={Archive} why={null} onPress={pressed}>
          {m.archive()}
        </ActionButton>,
      ],
      [
        m.gallery_reason(),
        <ActionButton key="r" icon={Archive} why={m.why_not_active()} onPress={pressed}>
          {m.archive()}
        </ActionButton>,
      ],
      [
        m.gallery_pending(),
        <ActionButton key="p" icon={Archive} why={null} isPending onPress={pressed}>
          {m.archive()}
        </ActionButton>,
      ],
    ],
  },
  {
    of: "Menu",
    states: [[m.gallery_normal(), <Menu key="n" label={m.more_actions()} actions={menu()} />]],
  },
  {
    of: "Popup",
    states: [
      [
        m.gallery_on_request(),
        <Held key="p" value={false}>
          {(isOpen, setOpen) => (
            <Popup
              label={m.gallery_normal()}
              isOpen={isOpen}
              onOpenChange={setOpen}
              trigger={<Button>{m.gallery_normal()}</Button>}
            >
              <p>{m.gallery_hint()}</p>
            </Popup>
          )}
        </Held>,
      ],
    ],
  },
];
