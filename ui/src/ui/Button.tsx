/** Buttons. One with only an icon must be given a label, which is also its tooltip. */

import { LoaderCircle, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Tooltip,
  TooltipTrigger,
} from "react-aria-components";
import { cx } from "./cx";

export type ButtonKind = "primary" | "secondary" | "quiet" | "danger";

const BASE =
  "inline-flex items-center justify-center gap-1.5 rounded-md px-3 min-h-8 text-body font-medium " +
  "whitespace-nowrap select-none transition-colors disabled:opacity-50 " +
  "pending:opacity-70 forced-colors:border forced-colors:border-[ButtonBorder]";

export const buttonKinds: Record<ButtonKind, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong pressed:bg-accent-strong",
  secondary: "border border-edge bg-sheet text-ink hover:bg-hover pressed:bg-sunk",
  quiet: "text-ink-soft hover:bg-hover hover:text-ink pressed:bg-sunk",
  danger: "bg-bad text-on-bad hover:opacity-90 pressed:opacity-90",
};

export function buttonClass(kind: ButtonKind = "secondary", extra?: string): string {
  return cx(BASE, buttonKinds[kind], extra);
}

export interface ButtonProps extends Omit<AriaButtonProps, "className" | "children"> {
  kind?: ButtonKind;
  icon?: LucideIcon;
  className?: string;
  children: ReactNode;
}

export function Button({ kind, icon: Icon, className, children, ...props }: ButtonProps) {
  return (
    <AriaButton {...props} className={buttonClass(kind, className)}>
      {props.isPending ? (
        <LoaderCircle aria-hidden size={15} className="animate-spin" />
      ) : (
        Icon && <Icon aria-hidden size={15} strokeWidth={2} />
      )}
      {children}
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<AriaButtonProps, "className" | "children"> {
  label: string;
  icon: LucideIcon;
  kind?: ButtonKind;
  className?: string;
}

export function IconButton({
  label,
  icon: Icon,
  kind = "quiet",
  className,
  ...props
}: IconButtonProps) {
  return (
    <TooltipTrigger delay={400} closeDelay={0}>
      <AriaButton
        {...props}
        aria-label={label}
        className={cx(buttonClass(kind), "!px-0 w-8 shrink-0", className)}
      >
        <Icon aria-hidden size={16} />
      </AriaButton>
      <Tooltip offset={6} className="rounded-md bg-ink px-2 py-1 text-meta text-paper">
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
