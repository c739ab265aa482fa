/** Every page with its address and its filters. Pages load when they are first visited. */

import { createRoute, createRouter } from "@tanstack/react-router";
import { activationFilters } from "./features/activation/filters";
import { customerFilters } from "./features/customer/filters";
import { ledgerFilters } from "./features/ledger/filters";
import { licenseFilters } from "./features/license/filters";
import { licenseFileFilters } from "./features/license_file/filters";
import { policyFilters } from "./features/policy/filters";
import { productFilters } from "./features/product/filters";
import { resellerFilters } from "./features/reseller/filters";
import { listSearch } from "./lib/filter/model";
import { activationSorts, customerSorts, ledgerSorts, licenseSorts } from "./lib/labels";
import { filters, flag, moment, oneOf, text, whole } from "./lib/search";
import { rowsAhead } from "./lib/views/rows_ahead";
import { outside } from "./outside_routes";
import { root } from "./root_route";
import { lazyRouteComponent } from "./shell/lazy_route_component";
import { RouteError } from "./shell/RouteError";
import { Start, startAhead } from "./shell/Start";
import { Loading } from "./ui/States";

const start = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: Start,
  loader: startAhead,
});

const products = createRoute({
  getParentRoute: () => root,
  path: "/products",
  validateSearch: listSearch(productFilters, { create: flag }),
  ...rowsAhead(productFilters, () =>
    import("./features/product/list").then((module) => module.products),
  ),
  component: lazyRouteComponent(() => import("./features/product/ProductList"), "ProductList"),
});
const product = createRoute({
  getParentRoute: () => root,
  path: "/products/$id",
  validateSearch: filters({ tab: text }),
  component: lazyRouteComponent(() => import("./features/product/ProductPage"), "ProductPage"),
});

const policies = createRoute({
  getParentRoute: () => root,
  path: "/policies",
  validateSearch: listSearch(policyFilters, { create: flag }),
  ...rowsAhead(policyFilters, () =>
    import("./features/policy/list").then((module) => module.policies),
  ),
  component: lazyRouteComponent(() => import("./features/policy/PolicyList"), "PolicyList"),
});
const policy = createRoute({
  getParentRoute: () => root,
  path: "/policies/$id",
  validateSearch: filters({ tab: text, left: whole, right: whole }),
  component: lazyRouteComponent(() => import("./features/policy/PolicyPage"), "PolicyPage"),
});

const customers = createRoute({
  getParentRoute: () => root,
  path: "/customers",
  validateSearch: listSearch(customerFilters, { sort: oneOf(customerSorts), create: flag }),
  ...rowsAhead(customerFilters, () =>
    import("./features/customer/list").then((module) => module.customers),
  ),
  component: lazyRouteComponent(() => import("./features/customer/CustomerList"), "CustomerList"),
});
const customerImport = createRoute({
  getParentRoute: () => root,
  path: "/customers/import",
  component: lazyRouteComponent(
    () => import("./features/customer/CustomerImport"),
    "CustomerImport",
  ),
});
const customer = createRoute({
  getParentRoute: () => root,
  path: "/customers/$id",
  validateSearch: filters({ tab: text, as_of: moment }),
  component: lazyRouteComponent(() => import("./features/customer/CustomerPage"), "CustomerPage"),
});

const resellers = createRoute({
  getParentRoute: () => root,
  path: "/resellers",
  validateSearch: listSearch(resellerFilters, { create: flag }),
  ...rowsAhead(resellerFilters, () =>
    import("./features/reseller/list").then((module) => module.resellers),
  ),
  component: lazyRouteComponent(() => import("./features/reseller/ResellerList"), "ResellerList"),
});
const reseller = createRoute({
  getParentRoute: () => root,
  path: "/resellers/$id",
  validateSearch: filters({ tab: text }),
  component: lazyRouteComponent(() => import("./features/reseller/ResellerPage"), "ResellerPage"),
});
const templates = createRoute({
  getParentRoute: () => root,
  path: "/templates",
  validateSearch: filters({ tab: text }),
  component: lazyRouteComponent(() => import("./features/reseller/TemplateList"), "TemplateList"),
});
const templateImport = createRoute({
  getParentRoute: () => root,
  path: "/templates/$id/import",
  component: lazyRouteComponent(
    () => import("./features/reseller/TemplateImport"),
    "TemplateImport",
  ),
});

const licenses = createRoute({
  getParentRoute: () => root,
  path: "/licenses",
  validateSearch: listSearch(licenseFilters, { sort: oneOf(licenseSorts), issue: flag }),
  ...rowsAhead(licenseFilters, () =>
    import("./features/license/list").then((module) => module.licenses),
  ),
  component: lazyRouteComponent(() => import("./features/license/LicenseList"), "LicenseList"),
});
const licenseImport = createRoute({
  getParentRoute: () => root,
  path: "/licenses/import",
  component: lazyRouteComponent(() => import("./features/license/LicenseImport"), "LicenseImport"),
});
const license = createRoute({
  getParentRoute: () => root,
  path: "/licenses/$id",
  validateSearch: filters({ tab: text, as_of: moment, export: flag, refused: flag }),
  component: lazyRouteComponent(() => import("./features/license/LicensePage"), "LicensePage"),
});

const activations = createRoute({
  getParentRoute: () => root,
  path: "/activations",
  validateSearch: listSearch(activationFilters, {
    sort: oneOf(activationSorts),
    activate: flag,
    bring: flag,
  }),
  ...rowsAhead(activationFilters, () =>
    import("./features/activation/list").then((module) => module.activations),
  ),
  component: lazyRouteComponent(
    () => import("./features/activation/ActivationList"),
    "ActivationList",
  ),
});
const activationImport = createRoute({
  getParentRoute: () => root,
  path: "/activations/import",
  validateSearch: filters({ license_id: text }),
  component: lazyRouteComponent(
    () => import("./features/activation/ActivationImport"),
    "ActivationImport",
  ),
});
const activation = createRoute({
  getParentRoute: () => root,
  path: "/activations/$id",
  component: lazyRouteComponent(
    () => import("./features/activation/ActivationPage"),
    "ActivationPage",
  ),
});

const admissions = createRoute({
  getParentRoute: () => root,
  path: "/admissions",
  validateSearch: filters({
    customer_id: text,
    state: oneOf({ waiting: 0, admitted: 0, refused: 0 }),
    q: text,
  }),
  component: lazyRouteComponent(
    () => import("./features/admission/AdmissionList"),
    "AdmissionList",
  ),
});
const admissionImport = createRoute({
  getParentRoute: () => root,
  path: "/admissions/import",
  validateSearch: filters({ customer_id: text }),
  component: lazyRouteComponent(
    () => import("./features/admission/AdmissionImport"),
    "AdmissionImport",
  ),
});
const reclaim = createRoute({
  getParentRoute: () => root,
  path: "/reclaim",
  validateSearch: filters({ customer_id: text, show: oneOf({ warned: 0, kept: 0, freed: 0 }) }),
  component: lazyRouteComponent(() => import("./features/reclaim/Reclaim"), "Reclaim"),
});

const licenseFiles = createRoute({
  getParentRoute: () => root,
  path: "/license-files",
  validateSearch: listSearch(licenseFileFilters, {}),
  ...rowsAhead(licenseFileFilters, () =>
    import("./features/license_file/list").then((module) => module.licenseFiles),
  ),
  component: lazyRouteComponent(
    () => import("./features/license_file/LicenseFileList"),
    "LicenseFileList",
  ),
});
const licenseFileVerify = createRoute({
  getParentRoute: () => root,
  path: "/license-files/verify",
  validateSearch: filters({ opened: text }),
  component: lazyRouteComponent(
    () => import("./features/license_file/LicenseFileVerify"),
    "LicenseFileVerify",
  ),
});

const ledger = createRoute({
  getParentRoute: () => root,
  path: "/ledger",
  validateSearch: listSearch(ledgerFilters, { sort: oneOf(ledgerSorts) }),
  ...rowsAhead(ledgerFilters, () =>
    import("./features/ledger/list").then((module) => module.ledger),
  ),
  component: lazyRouteComponent(() => import("./features/ledger/LedgerList"), "LedgerList"),
});
const ledgerEntry = createRoute({
  getParentRoute: () => root,
  path: "/ledger/$index",
  component: lazyRouteComponent(
    () => import("./features/ledger/LedgerEntryPage"),
    "LedgerEntryPage",
  ),
});

const signingKeys = createRoute({
  getParentRoute: () => root,
  path: "/signing-keys",
  component: lazyRouteComponent(
    () => import("./features/signing_key/SigningKeyList"),
    "SigningKeyList",
  ),
});

const users = createRoute({
  getParentRoute: () => root,
  path: "/users",
  component: lazyRouteComponent(() => import("./features/user/UserList"), "UserList"),
});
const accessTokens = createRoute({
  getParentRoute: () => root,
  path: "/access-tokens",
  component: lazyRouteComponent(
    () => import("./features/access_token/AccessTokenList"),
    "AccessTokenList",
  ),
});
const webhooks = createRoute({
  getParentRoute: () => root,
  path: "/webhooks",
  component: lazyRouteComponent(() => import("./features/webhook/WebhookList"), "WebhookList"),
});
const webhook = createRoute({
  getParentRoute: () => root,
  path: "/webhooks/$id",
  validateSearch: filters({ tab: text }),
  component: lazyRouteComponent(() => import("./features/webhook/WebhookPage"), "WebhookPage"),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  validateSearch: filters({ tab: text }),
  component: lazyRouteComponent(() => import("./features/settings/SettingsPage"), "SettingsPage"),
});
const usage = createRoute({
  getParentRoute: () => root,
  path: "/usage",
  validateSearch: filters({ tab: text, days: whole }),
  component: lazyRouteComponent(() => import("./features/usage/UsagePage"), "UsagePage"),
});
const approvals = createRoute({
  getParentRoute: () => root,
  path: "/approvals",
  component: lazyRouteComponent(() => import("./features/approval/ApprovalList"), "ApprovalList"),
});
const account = createRoute({
  getParentRoute: () => root,
  path: "/account",
  component: lazyRouteComponent(() => import("./features/user/AccountPage"), "AccountPage"),
});
const gallery = createRoute({
  getParentRoute: () => root,
  path: "/dev/gallery",
  component: lazyRouteComponent(() => import("./features/gallery/GalleryPage"), "GalleryPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    start,
    products,
    product,
    policies,
    policy,
    customers,
    customerImport,
    customer,
    resellers,
    reseller,
    templates,
    templateImport,
    licenses,
    licenseImport,
    license,
    activations,
    activationImport,
    activation,
    admissions,
    admissionImport,
    reclaim,
    licenseFiles,
    licenseFileVerify,
    ledger,
    ledgerEntry,
    signingKeys,
    users,
    accessTokens,
    webhooks,
    webhook,
    settings,
    usage,
    approvals,
    account,
    ...outside,
    gallery,
  ]),
  // What no page knows is taken out of the address.
  search: { strict: true },
  defaultPreload: "intent",
  defaultPendingComponent: Loading,
  defaultErrorComponent: RouteError,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
