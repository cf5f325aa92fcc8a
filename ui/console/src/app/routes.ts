// Every screen: one line each.
import {
  AppWindow,
  Blocks,
  CassetteTape,
  ChartColumn,
  KeyRound,
  ListTree,
  type LucideIcon,
  Activity as Pulse,
  Settings2,
  ShieldCheck,
} from "lucide-react";
import type { ComponentType } from "react";
import { Activity } from "../screens/activity/Activity";
import { AddOns } from "../screens/addons/AddOns";
import { Applications } from "../screens/applications/Applications";
import { Overview } from "../screens/overview/Overview";
import { Providers } from "../screens/providers/Providers";
import { Security } from "../screens/security/Security";
import { Settings } from "../screens/settings/Settings";
import { Tapes } from "../screens/tapes/Tapes";
import { Usage } from "../screens/usage/Usage";

export type ScreenId =
  | "overview"
  | "applications"
  | "addons"
  | "providers"
  | "tapes"
  | "activity"
  | "usage"
  | "security"
  | "settings";

export const routes: { id: ScreenId; icon: LucideIcon; screen: ComponentType }[] = [
  { id: "overview", icon: Pulse, screen: Overview },
  { id: "applications", icon: AppWindow, screen: Applications },
  { id: "addons", icon: Blocks, screen: AddOns },
  { id: "providers", icon: KeyRound, screen: Providers },
  { id: "tapes", icon: CassetteTape, screen: Tapes },
  { id: "activity", icon: ListTree, screen: Activity },
  { id: "usage", icon: ChartColumn, screen: Usage },
  { id: "security", icon: ShieldCheck, screen: Security },
  { id: "settings", icon: Settings2, screen: Settings },
];
