// The faults, in the order in which they are tried.
import { ofDatabase } from "./faults-database.mjs";
import { ofInstances } from "./faults-instances.mjs";

/** Each has a `name`, says `what` befalls, and `happens`: gives `{ seen, lost, after, bad }`. */
export const FAULTS = [...ofInstances, ...ofDatabase];
