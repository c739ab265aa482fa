/** One of the options of a list of them; the chosen one has a mark. */

import { Check } from "lucide-react";
import { ListBoxItem } from "react-aria-components";

export function OptionItem({ id, text }: { id: string; text: string }) {
  return (
    <ListBoxItem id={id} textValue={text} className="option">
      {({ isSelected }) => (
        <>
          <span className="flex-1">{text}</span>
          {isSelected && <Check aria-hidden size={14} className="self-center" />}
        </>
      )}
    </ListBoxItem>
  );
}
