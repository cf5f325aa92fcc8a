//! The one list of commands. Window, command line, control socket, permissions and TypeScript are expanded from it.
//!
//! Each row: what it does, `name(Request) -> Reply`. Rows hold no logic. This file is also read by the shell's
//! build script, so it must stay free of `use`.

/// Hands every command row to the macro named `$expand`.
#[macro_export]
macro_rules! with_commands {
    ($expand:ident) => {
        $expand! {
            /// State of vault and proxy, and the latest calls.
            overview(Nothing) -> Overview;
            /// Every application.
            application_list(Nothing) -> Items<ApplicationView>;
            /// Adds an application; the only reply that holds its client secret.
            application_add(ApplicationAdd) -> ApplicationCreated;
            /// Renames an application, changes its type or allowed origins.
            application_update(ApplicationUpdate) -> ApplicationView;
            /// Removes an application with its AddOns, providers and keys.
            application_remove(ApplicationRef) -> Nothing;
            /// Makes a new client secret; the old one works for 24 hours more.
            application_secret(ApplicationRef) -> ApplicationCreated;
            /// Lets an application work, or not.
            application_enable(ApplicationEnable) -> ApplicationView;
            /// Lets its pages log in without the secret, or not; lets programs use its tokens, or not.
            application_access(ApplicationAccess) -> ApplicationView;
            /// Marks an application as testing, or not: its sessions may then ask for faults by header.
            application_testing(ApplicationTesting) -> ApplicationView;
            /// Every AddOn there is, and how it stands in an application.
            addon_list(ApplicationRef) -> Items<AddOnView>;
            /// Installs an AddOn, switched off.
            addon_install(AddOnRef) -> AddOnView;
            /// Switches an AddOn on or off, chooses its providers, sets its settings.
            addon_update(AddOnUpdate) -> AddOnView;
            /// Removes an AddOn from an application.
            addon_remove(AddOnRef) -> Nothing;
            /// Every provider type there is, with what its form needs.
            provider_kinds(Nothing) -> Items<ProviderKindView>;
            /// An application's providers.
            provider_list(ApplicationRef) -> Items<ProviderView>;
            /// Adds a provider, with a staged key where its type needs one.
            provider_add(ProviderAdd) -> ProviderView;
            /// Changes a provider's name, model and options.
            provider_update(ProviderUpdate) -> ProviderView;
            /// Splits an address pasted from a provider's pages.
            provider_split_url(PastedUrl) -> SplitUrl;
            /// The models of a provider, stored or not saved yet.
            provider_models(ProviderTest) -> ModelList;
            /// Seals a staged key in place of the stored one.
            provider_replace_key(ProviderReplaceKey) -> ProviderView;
            /// Tests a provider stage by stage, stored or not saved yet.
            provider_test(ProviderTest) -> TestReport;
            /// Returns to the key before, while that is kept.
            provider_return_key(ProviderRef) -> ProviderView;
            /// Switches a provider on or off; its key stays.
            provider_switch(ProviderSwitch) -> ProviderView;
            /// The failures that can be provoked.
            fault_list(FaultList) -> Items<FaultView>;
            /// Switches a failure on at a provider, for all calls or the next few.
            fault_set(FaultSet) -> ProviderView;
            /// Switches off what is on at a provider.
            fault_clear(ProviderRef) -> ProviderView;
            /// Every set of tapes, and who uses it.
            tape_list(Nothing) -> Items<TapeSetView>;
            /// Makes an empty set of tapes.
            tape_create(TapeCreate) -> TapeSetView;
            /// Renames a set of tapes.
            tape_rename(TapeRename) -> TapeSetView;
            /// Deletes a set of tapes with its key; one in use stays.
            tape_delete(TapeRef) -> Nothing;
            /// Records what a provider answers, until it is stopped.
            tape_record(TapeRecord) -> ProviderView;
            /// Lets tapes answer in a provider's place, without key and network.
            tape_play(TapePlay) -> ProviderView;
            /// Ends recording or playing at a provider.
            tape_stop(ProviderRef) -> ProviderView;
            /// Writes a set of tapes to a file under a passphrase.
            tape_export(TapeExport) -> Exported;
            /// Takes a set of tapes from a file.
            tape_import(TapeImport) -> TapeSetView;
            /// Removes a provider and its sealed key.
            provider_remove(ProviderRemove) -> Nothing;
            /// Reads a key from the clipboard into back-end memory.
            key_stage_clipboard(Nothing) -> StagedKey;
            /// Forgets a staged key.
            key_discard(StagedKeyRef) -> Nothing;
            /// Starts the proxy.
            proxy_start(ProxyStart) -> ProxyStatus;
            /// Stops the proxy; calls in flight are ended.
            proxy_stop(Nothing) -> ProxyStatus;
            /// The proxy's port, pinned or not.
            port_get(Nothing) -> PortView;
            /// Pins the proxy's port or lets it go; the proxy moves at once.
            port_pin(PortPin) -> PortView;
            /// An application with the sandbox provider and every AddOn it serves on, made if it is not there.
            demo_prepare(Nothing) -> ApplicationView;
            /// A one-time link to the demo page.
            preview_link(ApplicationRef) -> PreviewLink;
            /// Opens the demo page in the system's browser.
            preview_open(ApplicationRef) -> Nothing;
            /// A session token from the running proxy.
            token_issue(TokenIssue) -> IssuedToken;
            /// Who is logged in, newest first.
            session_list(Nothing) -> Items<SessionView>;
            /// Ends one session.
            session_revoke(SessionRef) -> Nothing;
            /// Ends every session of an application, and every demo link to it.
            session_revoke_all(ApplicationRef) -> Nothing;
            /// The newest calls.
            activity_list(ActivityList) -> Items<Activity>;
            /// How much activity is kept, and how much there is.
            activity_state(Nothing) -> ActivityState;
            /// Sets how much activity is kept, at once.
            activity_retention(Retention) -> ActivityState;
            /// Whether the proxy tells metrics.
            metrics_get(Nothing) -> MetricsView;
            /// Switches metrics on or off.
            metrics_set(MetricsSet) -> MetricsView;
            /// Every limit, and how it stands.
            limit_list(LimitList) -> Items<LimitView>;
            /// Sets a limit, or the amount of the one there is.
            limit_set(LimitSet) -> LimitView;
            /// Removes a limit and its counts.
            limit_remove(LimitRef) -> Nothing;
            /// What calls used and cost, added up.
            usage_list(UsageList) -> UsageReport;
            /// The same as CSV.
            usage_export(UsageExport) -> UsageCsv;
            /// The price list in force.
            prices_get(Nothing) -> PricesView;
            /// Takes a price list from a file, or this version's own again.
            prices_set(PricesSet) -> PricesView;
            /// CA file and corporate proxy.
            network_get(Nothing) -> NetworkView;
            /// Sets CA file and corporate proxy, at once.
            network_set(NetworkSettings) -> NetworkView;
            /// How the vault stands.
            vault_status(Nothing) -> VaultView;
            /// Tries to open the vault, now or again.
            vault_unlock(VaultUnlock) -> VaultView;
            /// Forgets the vault key until the next unlock.
            vault_lock(Nothing) -> VaultView;
            /// When the vault locks by itself.
            vault_lock_policy(LockPolicy) -> VaultView;
            /// Makes a new vault key and seals every key under it.
            vault_rotate(Nothing) -> VaultView;
            /// Keeps the vault key elsewhere from now on; before the first key: will keep it there.
            vault_move(VaultMove) -> VaultView;
            /// Gets the vault key back with the recovery kit's code.
            vault_recover(VaultRecover) -> VaultView;
            /// Makes a recovery kit; an older one is good no more.
            kit_make(KitMake) -> KitFiles;
            /// Shows the page of the kit just made, for printing.
            kit_open(Nothing) -> Nothing;
            /// Deletes the files of the kit just made.
            kit_forget(Nothing) -> Nothing;
            /// Whether a code is the one of the kit in force.
            kit_check(StagedSecretRef) -> Nothing;
            /// Destroys the vault key, then everything that is stored; says first what the vault is called.
            vault_destroy(VaultDestroy) -> Nothing;
            /// Writes all settings to a file, without keys and secrets.
            settings_export(ExportTo) -> Exported;
            /// Writes all keys to a file under a passphrase, in the age format.
            keys_export(KeysExportTo) -> Exported;
            /// What a file would change.
            import_preview(ImportFile) -> ImportPreview;
            /// Applies a previewed import.
            import_apply(ImportRef) -> Nothing;
            /// Asks a person for a file; says its path and reads nothing.
            file_choose(FileChoose) -> FileChosen;
            /// Forgets a previewed import.
            import_discard(ImportRef) -> Nothing;
            /// The newest entries of the audit chain.
            audit_list(AuditList) -> Items<AuditEntryView>;
            /// Whether the audit chain is whole.
            audit_verify(Nothing) -> AuditReport;
            /// The certificate for HTTPS on this machine, and who trusts it.
            certificate_get(Nothing) -> CertificateView;
            /// Makes a certificate of its own CA, in place of the old one.
            certificate_make(Nothing) -> CertificateView;
            /// Adds the CA to this user's browsers, where that can be done.
            certificate_install(Nothing) -> CertificateView;
            /// Takes the CA out of this user's browsers and ends HTTPS.
            certificate_remove(Nothing) -> CertificateView;
            /// Checks what stands between a host app and an answer.
            doctor(DoctorRequest) -> DoctorReport;
        }
    };
}
