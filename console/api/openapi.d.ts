/** Made of docs/openapi.json by `npm run docs`. */
export interface paths {
    "/api/v1/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search contacts
         * @description Contacts that match every parameter: e-mail, phone and `externalCustomerId` exactly, the last updated first; names by how they begin, regardless of case. Without parameters, all contacts by id. Segments are not shown, nor are deleted contacts. Needs the right `readContacts`.
         */
        get: operations["searchContacts"];
        put?: never;
        /**
         * Add or update contacts in bulk
         * @description Accepts 1 to 3,000 contacts and imports them in the background. Contacts that can never be imported are answered at once in `failedContacts`; the import status says what became of the others. Needs the right `writeContacts`.
         */
        post: operations["addContacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact/subscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Subscribe a contact
         * @description Adds or updates the contact behind a subscription form at once, unconfirmed if its e-mail address is new, and raises one event: `subscribeFromApi` for a new contact, `subscribeUpdateFromApi` for a known one, each with `-formType` if there is one. What comes with a key of the scope `subscribe`, which anyone can read in a page, is a proposal: a known contact keeps every identity, its names, address, fields and segments until the owner of the known address confirms; only members without a value are filled in at once; segments and fields that the key does not name are left out. Needs the right `subscribe`.
         */
        post: operations["subscribeContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add or update a contact
         * @description Adds or updates one contact at once, confirmed and without events for workflows. A deleted one is restored. `POST /api/v1/contacts` takes the same body. Needs the right `writeContacts`.
         */
        post: operations["addContact"];
        /**
         * Delete a contact by your own id
         * @description The same for the contact that has an `externalCustomerId`. Needs the right `writeContacts`.
         */
        delete: operations["deleteExternalContact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a contact
         * @description A contact with the static segments that it is in. Needs the right `readContacts`.
         */
        get: operations["getContact"];
        /**
         * Update a contact
         * @description Updates the contact of an id and never adds one. What is absent stays as it is, and segments are only joined. Needs the right `writeContacts`.
         */
        put: operations["updateContact"];
        post?: never;
        /**
         * Delete a contact
         * @description Hides a contact until it is restored, or with `erase` removes it for good: its profile at once, its events and its rows in imports a moment later. Needs the right `writeContacts`.
         */
        delete: operations["deleteContact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/importstatus/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the status of an import
         * @description Once it is FINISHED, `mapping` has the id of each contact. Poll it every few seconds. Needs the right `writeContacts`.
         */
        get: operations["getImportStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the e-mail addresses of contacts
         * @description Contacts that are unknown or have no address are left out. `ids` may be repeated. Needs the right `readContacts`.
         */
        get: operations["getContactEmails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/emails/unsubscribed/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unsubscribe e-mail addresses
         * @description Addresses get no bulk mail any more, whichever contacts have them or will have them. No import and no update lifts that. Needs the right `writeContacts`.
         */
        post: operations["unsubscribeEmails"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/emails/unsubscribe/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unsubscribe e-mail addresses
         * @description Addresses get no bulk mail any more, whichever contacts have them or will have them. No import and no update lifts that. Needs the right `writeContacts`.
         */
        post: operations["unsubscribeEmails2"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/emails/unsubscribed/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Subscribe e-mail addresses again
         * @description Lifts what unsubscribing did; addresses that are suppressed for another reason stay so. Needs the right `writeContacts`.
         */
        post: operations["resubscribeEmails"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/emails/unsubscribe/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Subscribe e-mail addresses again
         * @description Lifts what unsubscribing did; addresses that are suppressed for another reason stay so. Needs the right `writeContacts`.
         */
        post: operations["resubscribeEmails2"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List segments
         * @description Segments ascending by id, up to 500 if nothing else is asked. Needs the right `readContacts`.
         */
        get: operations["listGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/group/{id}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the contacts of a segment
         * @description Contacts without their segments, ascending by id. A page resumes where the page before it, of the same key, ended, so that contacts that join or leave in between move no other contact to another page. Needs the right `readContacts`.
         */
        get: operations["listGroupContacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/group/{id}/contacts/attach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Attach contacts to a static segment
         * @description Puts up to 500 contacts into a segment, all by `contactIds` or all by `externalCustomerIds`. Needs the right `writeContacts`.
         */
        post: operations["attachContacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/group/{id}/contacts/detach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete contacts from a static segment
         * @description Takes up to 500 contacts out of a segment; without a body or with `{}` all of them at once, however many they are. The contacts stay in the account. A list that is empty is refused. Needs the right `writeContacts`.
         */
        post: operations["detachContacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the subscription categories
         * @description The categories that contacts can be subscribed to. Needs the right `always`.
         */
        get: operations["listSubscriptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact/{id}/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the subscriptions of a contact
         * @description The keys of the categories that a contact is subscribed to. Needs the right `readContacts`.
         */
        get: operations["getContactSubscriptions"];
        /**
         * Set the subscriptions of a contact
         * @description Subscribes a contact to these categories and to no others; an empty list ends all subscriptions. Needs the right `writeContacts`.
         */
        put: operations["setContactSubscriptions"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/addressbooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the custom fields
         * @description The custom fields of the account in their lists, with the ids that `fields` and `customFieldsIDs` take. Needs the right `always`.
         */
        get: operations["getAddressBooks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the version
         * @description The version of Rollcall and of the protocol. Needs the right `version`.
         */
        get: operations["getVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the version
         * @description The version of Rollcall and of the protocol. Needs the right `version`.
         */
        get: operations["getVersion2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/account/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the account
         * @description Who the account belongs to. Needs the right `always`.
         */
        get: operations["getAccountInfo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the balance
         * @description Always zero: nothing is charged here. Needs the right `always`.
         */
        get: operations["getBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List contacts
         * @description Contacts that are not erased and that every parameter chooses, the newest id first. A page may be short of its limit and have a cursor. Needs the right `adminRead`.
         */
        get: operations["listContacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Describe a contact
         * @description A contact, a deleted one too, with its source, its state, its segments and the state of its address. Needs the right `adminRead`.
         */
        get: operations["describeContact"];
        /**
         * Edit a contact
         * @description Changes what is given and empties what is in `clear`, if the contact is still in the version that was read. No workflow is launched, as a person did it. Needs the right `adminChange`.
         */
        put: operations["editContact"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/segments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List segments with their sizes
         * @description Segments ascending by id, each with the number of its contacts. Needs the right `adminRead`.
         */
        get: operations["listSegments"];
        put?: never;
        /**
         * Create a segment
         * @description Makes a static segment. Imports and subscriptions make the segments that they name by themselves. Needs the right `adminChange`.
         */
        post: operations["createSegment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/segments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Rename a segment
         * @description Gives a segment another name; its old one is free at once. Needs the right `adminChange`.
         */
        put: operations["renameSegment"];
        post?: never;
        /**
         * Delete a segment
         * @description Removes a segment; its name is free at once, its contacts stay in the account. Needs the right `adminChange`.
         */
        delete: operations["deleteSegment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the subscription categories with their segments
         * @description Every category by its key, with the segment that mirrors it. Needs the right `adminRead`.
         */
        get: operations["listCategories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/subscriptions/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Define a subscription category
         * @description Defines a category, mirrored by the static segment of its name, which is made if missing; or gives a category another name, and its segment with it. Needs the right `adminChange`.
         */
        put: operations["defineCategory"];
        post?: never;
        /**
         * Delete a subscription category
         * @description Removes a category; its segment stays with its contacts, as one like any other. Needs the right `adminChange`.
         */
        delete: operations["removeCategory"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events
         * @description Events of the last days, the newest first. An event appears within seconds. Needs the right `adminRead`.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List imports
         * @description Imports of the last days, the newest first. Needs the right `adminRead`.
         */
        get: operations["listImports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/imports/{sessionId}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo an import
         * @description In the background: a contact that the import created and that nothing has touched since is erased; a member that the import changed and that still has the value which it wrote gets the former one; segments likewise. `undo` of the import says how far it is, and `GET …/rows` what became of each row. With `dryRun` nothing is written. With `suppressions` the suppressions go that the import, and nobody else, brought in. Undoing twice changes nothing; the undo is paused, resumed and cancelled as the import was, and one that was cancelled goes on with the rows that it skipped. Needs the right `adminChange`.
         */
        post: operations["undoImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/imports/{sessionId}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause an import
         * @description Chunks that workers have are finished, and no other begins. The rows wait for as long as imports are kept. If the import is over and is being undone, its undo is paused. What is over stays as it is; repeating it is harmless. Needs the right `adminChange`.
         */
        post: operations["pauseImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/imports/{sessionId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume an import
         * @description A paused import, or a paused undo of one, goes on where it was held; any other stays as it is. Repeating it is harmless. Needs the right `adminChange`.
         */
        post: operations["resumeImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/imports/{sessionId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an import
         * @description Chunks that workers have are finished; every other row gets the outcome `skipped` with the code `CANCELLED`, and a file is read no further. `importstatus` says ERROR. If the import is over and is being undone, its undo is cancelled: rows that were not undone have the outcome `skipped` of the undo. What is over stays as it is; repeating it is harmless. Needs the right `adminChange`.
         */
        post: operations["cancelImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/imports/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Describe an import
         * @description How far an import has come, with its counts. Needs the right `adminRead`.
         */
        get: operations["describeImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/imports/{sessionId}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the rows of an import
         * @description What became of each row, in row order. While the import runs, rows are missing whose part is not over yet. A page may be short of its limit and still have a cursor. Needs the right `adminRead`.
         */
        get: operations["listImportRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/imports/{sessionId}/rows.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the rows of an import
         * @description The rows as a CSV file that can be corrected and imported again, with the column `error`. Cells that a spreadsheet would take for formulas begin with an apostrophe. If the rows do not fit one answer (about 5.5 MB, or 8 seconds of reading), the last line says so with `MORE_ROWS`, and the header `Link` with `rel="next"` leads to the next part. Needs the right `adminRead`.
         */
        get: operations["downloadImportRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List custom fields
         * @description All custom fields, ascending by id. Needs the right `adminRead`.
         */
        get: operations["listFields"];
        put?: never;
        /**
         * Define a custom field
         * @description Defines a custom field, which contacts can have at once. Fields cannot be changed afterwards. Needs the right `adminChange`.
         */
        post: operations["createField"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/contacts/{id}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the confirmation message once more
         * @description Sends the message that asks for a confirmation of the e-mail address at once, however lately the one before was sent. Needs the right `adminChange`.
         */
        post: operations["resendConfirmation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what a confirmation link would do
         * @description A page whose one button posts to the same address. It changes nothing, so mail scanners may follow it; HEAD is answered, too. Needs no key.
         */
        get: operations["showConfirmation"];
        put?: never;
        /**
         * Confirm an e-mail address
         * @description What the button does: the address is confirmed, an unsubscription of it lifted, and `SysContactConfirmed` published. A repeat changes nothing. If the stage has a page of its own for confirmed contacts, the answer is a redirect. Needs no key.
         */
        post: operations["confirmContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/unsubscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what an unsubscribe link would do
         * @description A page whose one button posts to the same address, in the language of the contact. It changes nothing, so mail scanners may follow it; HEAD is answered, too. Needs no key.
         */
        get: operations["showUnsubscription"];
        put?: never;
        /**
         * Unsubscribe the address that a message was sent to
         * @description What the button does, and what a mailbox provider posts if its user unsubscribes with one click: the address gets no messages to segments any more. A repeat changes nothing. Needs no key.
         */
        post: operations["unsubscribeByLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/contacts.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export contacts
         * @description The contacts that the same parameters choose as a CSV file that can be imported again. What does not fit one answer is behind the header `Link` with `rel="next"`. Needs the right `adminRead`.
         */
        get: operations["exportContacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/contacts/{id}/restoration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore a deleted contact
         * @description Takes the deletion of a contact back, with its segments. One that is not deleted stays as it is. Needs the right `adminChange`.
         */
        post: operations["restoreContact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/contacts/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages to a contact
         * @description The latest 500 messages to a contact with what became of them, the newest first. Needs the right `adminRead`.
         */
        get: operations["listContactMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/uploads/{uploadId}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview a file that was sent
         * @description The first rows of a file that lies in its place, read as an import would read them, and what each column would be taken for. Nothing is imported. Needs the right `adminChange`.
         */
        post: operations["previewUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/messages/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Preview a stored message
         * @description What a stored message says to a contact. What a sender gives beside the contact stays empty. Needs the right `adminRead`.
         */
        get: operations["previewMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys
         * @description Every key by its name: its scope and when it was used last, and never the key itself. Needs the right `adminKeys`.
         */
        get: operations["listKeys"];
        put?: never;
        /**
         * Make an API key
         * @description Makes a key and answers it this once: only its hash is stored. A repeat with the same `Idempotency-Key` makes no other key and does not get this one again: revoke it by its name if its answer was lost. Needs the right `adminKeys`.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description The key is refused within a minute, which is how long functions remember it, and cannot come back. Needs the right `adminKeys`.
         */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/own-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Describe the key of this request
         * @description What the key is called and what it may do. Needs the right `version`.
         */
        get: operations["describeOwnKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Describe the stage at a glance
         * @description How many contacts there are and how many are new, by source; confirmations, bounces and complaints a day; imports that run, and messages that were given up. What happens is counted within a minute or so. Needs the right `adminRead`.
         */
        get: operations["describeOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the settings in force
         * @description The settings that the stage runs with, by their names in the reference. Of changed texts, only which ones they are. Needs the right `adminRead`.
         */
        get: operations["describeSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open the console
         * @description The console and the files that it is made of. Every path that is no file of it answers the page, which shows the screen of the path; HEAD is answered, too. Needs no key.
         */
        get: operations["showConsole"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open the console
         * @description The console and the files that it is made of. Every path that is no file of it answers the page, which shows the screen of the path; HEAD is answered, too. Needs no key.
         */
        get: operations["showConsole2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/event": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the types of events
         * @description The types that were defined, by key. Events of others may be generated, too. Needs the right `events`.
         */
        get: operations["getEventTypes"];
        put?: never;
        /**
         * Generate an event
         * @description Puts an event on the bus, where workflows listen, about the contact that its parameters name; it adds and changes no contact. Every request is an event of its own. Bodies have at most 20 KB. Version 2 takes any JSON as a value, holds keys to their characters and checks `contactJson`. An event whose type asks for other parameters is answered with 400 in plain text. Needs the right `events`.
         */
        post: operations["generateEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/event": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Generate an event
         * @description Puts an event on the bus, where workflows listen, about the contact that its parameters name; it adds and changes no contact. Every request is an event of its own. Bodies have at most 20 KB. Version 2 takes any JSON as a value, holds keys to their characters and checks `contactJson`. An event whose type asks for other parameters is answered with 400 in plain text. Needs the right `events`.
         */
        post: operations["generateEvent2"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/past_events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell of past events
         * @description Puts 1 to 500 events that have occurred already into the event log, and nowhere else: they launch nothing. One invalid event refuses all of them. Recording the same events again adds nothing. Needs the right `events`.
         */
        post: operations["addPastEvents"];
        /**
         * Delete past events
         * @description Deletes past events that occurred in a range of time from the event log, if the setting `deletePastEvents` is on. 429 says that there is more to delete: send it again. Needs the right `events`.
         */
        delete: operations["deletePastEvents"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/past_events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell of past events
         * @description Puts 1 to 500 events that have occurred already into the event log, and nowhere else: they launch nothing. One invalid event refuses all of them. Recording the same events again adds nothing. Needs the right `events`.
         */
        post: operations["addPastEvents2"];
        /**
         * Delete past events
         * @description Deletes past events that occurred in a range of time from the event log, if the setting `deletePastEvents` is on. 429 says that there is more to delete: send it again. Needs the right `events`.
         */
        delete: operations["deletePastEvents2"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add or update orders
         * @description Adds or updates 1 to 1,000 orders by their `externalOrderId` at once. An order is linked to the contact of its `externalCustomerId`, else of its phone, else of its e-mail address, which is never changed; an unknown one is added, confirmed. Each order that says anything new raises the event `order<STATUS>`. If no order failed, the answer is empty. Needs the right `writeContacts`.
         */
        post: operations["addOrders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List orders
         * @description The orders of a contact, the newest first, or the one that has an `externalOrderId`. Needs the right `adminRead`.
         */
        get: operations["listOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/event-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List types of events
         * @description The types that were defined, by key. Others may have any parameters. Needs the right `adminRead`.
         */
        get: operations["listEventTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/event-types/{eventTypeKey}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Define a type of event
         * @description Defines which parameters events of a type have. With `validate`, an event that lacks a required one, or has one that the type does not, is refused, after a minute everywhere. Needs the right `adminChange`.
         */
        put: operations["defineEventType"];
        post?: never;
        /**
         * Remove the definition of a type of event
         * @description Its events may have any parameters from then on, after a minute everywhere. Needs the right `adminChange`.
         */
        delete: operations["removeEventType"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add or update contacts from an external file
         * @description Fetches a CSV file from a link and imports its rows in the background, with all that a bulk request can ask for. If the file cannot be fetched or read, the import ends with ERROR, and its status says why. Needs the right `writeContacts`.
         */
        post: operations["uploadContacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Offer a place for a file
         * @description Answers an address to which a file can be sent by PUT, for an hour. Its SHA-256 is checked: it must be the announced file. Needs the right `adminChange`.
         */
        post: operations["createUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/uploads/{uploadId}/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import a file that was sent
         * @description Imports the rows of a file that lies in its place, in the background. Asking again for the same file answers the same import. Needs the right `adminChange`.
         */
        post: operations["importUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/message/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an e-mail
         * @description Queues one e-mail to up to 1,000 addresses, unconfirmed and unsubscribed ones too, as it is transactional. Needs the right `messages`.
         */
        post: operations["sendEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/message/sms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an SMS
         * @description Queues one SMS to up to 1,000 phone numbers, or in the background to all contacts of a segment. Needs the right `messages`.
         */
        post: operations["sendSms"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/message/{id}/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a stored message
         * @description Queues a stored message with the same parameters to up to 1,000 recipients, to one contact, or in the background to the contacts of a segment that may get bulk mail. Unconfirmed addresses get it only with `allowUnconfirmed`. Needs the right `messages`.
         */
        post: operations["sendStoredMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/message/{id}/smartsend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a stored message with parameters for each recipient
         * @description Queues a stored message to up to 1,000 recipients, each with parameters of its own. Unconfirmed addresses get it with `allowUnconfirmed` only. A `contactId` never makes a contact. Needs the right `messages`.
         */
        post: operations["smartSend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/message/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the status of messages
         * @description What became of messages, by their `requestId`. A message to a segment is SENT when it was sent to all. Needs the right `messages`.
         */
        get: operations["getMessageStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/message/email/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the status of messages
         * @description What became of messages, by their `requestId`. A message to a segment is SENT when it was sent to all. Needs the right `messages`.
         */
        get: operations["getMessageStatus2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/message/sms/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the status of messages
         * @description What became of messages, by their `requestId`. A message to a segment is SENT when it was sent to all. Needs the right `messages`.
         */
        get: operations["getMessageStatus3"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List stored messages
         * @description Stored messages ascending by id, without what they say. Needs the right `adminRead`.
         */
        get: operations["listMessages"];
        put?: never;
        /**
         * Create a stored message
         * @description Keeps an e-mail or an SMS that is sent by its id. `${name}` stands for a parameter, `${name.member}` for a member of one, `${contact.firstName}` for a member of the contact; what is not there becomes empty. Needs the right `adminChange`.
         */
        post: operations["createMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/messages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Describe a stored message
         * @description A stored message with what it says. Needs the right `adminRead`.
         */
        get: operations["describeMessage"];
        /**
         * Replace a stored message
         * @description Keeps a new version. What was accepted for sending before says what it said then. Needs the right `adminChange`.
         */
        put: operations["replaceMessage"];
        post?: never;
        /**
         * Delete a stored message
         * @description Removes a stored message. What was accepted for sending before is still sent. Needs the right `adminChange`.
         */
        delete: operations["deleteMessage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List workflows
         * @description Every workflow by its id, without its steps. Needs the right `adminRead`.
         */
        get: operations["listWorkflows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/workflows/{workflowId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a workflow
         * @description A workflow with its steps and, for keys that may change it, the secret that its webhooks are signed with. Needs the right `adminRead`.
         */
        get: operations["describeWorkflow"];
        /**
         * Store a workflow
         * @description Stores a workflow under an id of your choice. It counts for every event from then on. A changed definition is another version; runs under way keep theirs. Needs the right `adminChange`.
         */
        put: operations["saveWorkflow"];
        post?: never;
        /**
         * Delete a workflow
         * @description No event launches it any more, and its runs stop at their next step. What they did stays, and so do they. Needs the right `adminChange`.
         */
        delete: operations["deleteWorkflow"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/workflow-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List runs of workflows
         * @description Runs, newest first: of one workflow, about one contact, or in one state. Needs the right `adminRead`.
         */
        get: operations["listWorkflowRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/v1/workflow-runs/{runId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a run of a workflow
         * @description A run with the event that launched it and what each of its steps came to. Needs the right `adminRead`.
         */
        get: operations["describeWorkflowRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/site/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell of the domain of a site
         * @description What connectors call while they are set up. No site is tracked, so that nothing is kept. Needs the right `writeContacts`.
         */
        post: operations["addSiteDomain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/site/webpush/domain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell of the domain of a site
         * @description What connectors call while they are set up. No site is tracked, so that nothing is kept. Needs the right `writeContacts`.
         */
        post: operations["addSiteDomain2"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/site/webpush/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell of the domain of a site
         * @description What connectors call while they are set up. No site is tracked, so that nothing is kept. Needs the right `writeContacts`.
         */
        post: operations["addSiteDomain3"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/site/script": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the tracking script of a site
         * @description A comment that says that no site is tracked. Needs the right `always`.
         */
        get: operations["getSiteScript"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/site/webpush/script": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the web push script of a site
         * @description Comments that say that there is no web push. Needs the right `always`.
         */
        get: operations["getWebPushScript"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/contact/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get the token of a contact
         * @description A token, signed by the stage, that names a contact for an hour; an empty one if the contact is unknown. The contact is found by `externalCustomerId`, then e-mail address, then phone. No operation takes the token: there is no inbox of an app here. Needs the right `writeContacts`.
         */
        post: operations["getContactToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/{channel}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search stored messages
         * @description Stored messages of a channel ascending by id, e-mails without their bodies. Needs the right `messages`.
         */
        get: operations["searchStoredMessages"];
        put?: never;
        /**
         * Add a stored message
         * @description Keeps an e-mail or an SMS that is sent by its id. Needs the right `messages`.
         */
        post: operations["addStoredMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/messages/{channel}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a stored message
         * @description A stored message with what it says. Needs the right `messages`.
         */
        get: operations["getStoredMessage"];
        /**
         * Update a stored message
         * @description Changes the members that the body has. What was accepted for sending before says what it said then. Needs the right `messages`.
         */
        put: operations["updateStoredMessage"];
        post?: never;
        /**
         * Remove a stored message
         * @description Removes a stored message. What was accepted for sending before is still sent. Needs the right `messages`.
         */
        delete: operations["removeStoredMessage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contactActivity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what became of messages
         * @description Each message of which something was heard in a range of time, as it stands now, by the time of that. The rows after the last one are asked for by its `offset`, until the answer is empty. Needs the right `readContacts`.
         */
        get: operations["listContactActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/contacts/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what became of messages
         * @description Each message of which something was heard in a range of time, as it stands now, by the time of that. The rows after the last one are asked for by its `offset`, until the answer is empty. Needs the right `readContacts`.
         */
        get: operations["listContactActivity2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/contacts/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what became of the messages to a contact
         * @description The latest messages that were sent to a contact, the newest first. The contact is found by its id, then by `externalCustomerId`, e-mail address and phone. Needs the right `readContacts`.
         */
        get: operations["getContactMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/interfaces/sms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what SMS are sent from
         * @description The numbers and names of the setting `smsSenders`; none if the stage sends no SMS. Needs the right `messages`.
         */
        get: operations["listSmsSenders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @example {
         *       "contacts": [
         *         {
         *           "channels": [
         *             {
         *               "type": "email",
         *               "value": "mail@example.com"
         *             },
         *             {
         *               "type": "sms",
         *               "value": "380942583691"
         *             }
         *           ],
         *           "firstName": "John",
         *           "lastName": "Smith",
         *           "address": {
         *             "town": "London",
         *             "region": "West",
         *             "address": "First str. 1",
         *             "postcode": "12345"
         *           },
         *           "fields": [
         *             {
         *               "id": 12345,
         *               "value": "..."
         *             }
         *           ]
         *         }
         *       ],
         *       "dedupeOn": "email",
         *       "customFieldsIDs": [
         *         12345
         *       ],
         *       "groupNames": [
         *         "Customers"
         *       ],
         *       "groupNamesExclude": [
         *         "Subscribers"
         *       ],
         *       "restoreDeleted": false,
         *       "eventKeyForNewContacts": "newContact"
         *     }
         */
        AddContacts: {
            /**
             * @description How contacts are matched, after externalCustomerId
             * @default email
             * @enum {string}
             */
            dedupeOn?: "email" | "sms" | "email_or_sms" | "push" | "webpush" | "id" | "fieldId" | "externalCustomerId";
            /** @description The custom field of `dedupeOn: fieldId` */
            fieldId?: number;
            /** @description The members that an update writes; a listed member that a contact lacks is cleared */
            contactFields?: ("firstName" | "lastName" | "email" | "sms" | "mobilepush" | "webpush" | "address" | "town" | "region" | "postcode" | "contactKey" | "ordersInfo" | "languageCode" | "timeZone" | "externalCustomerId")[];
            /**
             * @description The custom fields that an update writes
             * @example [
             *       12345
             *     ]
             */
            customFieldsIDs?: number[];
            /**
             * @description Segments that the contacts join; made if missing
             * @example [
             *       "Customers"
             *     ]
             */
            groupNames?: string[];
            /**
             * @description Segments that the contacts leave; wins over `groupNames`
             * @example [
             *       "Subscribers"
             *     ]
             */
            groupNamesExclude?: string[];
            /**
             * @description Whether deleted contacts are restored or skipped
             * @default false
             */
            restoreDeleted?: boolean;
            /**
             * @description Whether rows create contacts, update them, or do both, as the vendor does; Rollcall has this beside the contract
             * @enum {string}
             */
            importMode?: "createAndUpdate" | "create" | "update";
            /**
             * @description The type of the event that each new contact raises
             * @example newContact
             */
            eventKeyForNewContacts?: string;
            /**
             * @description What everybody counts as at least, e.g. for a list of those who unsubscribed elsewhere
             * @enum {string}
             */
            importAs?: "unconfirmed" | "noConsent" | "deleted" | "unsubscribed" | "complained" | "bounced" | "blacklisted";
            /** @description Whether one externalCustomerId may stand beside several e-mail addresses and several phones; otherwise its rows fail */
            allowSharedIds?: boolean;
            contacts: components["schemas"]["ContactInput"][];
        };
        ContactInput: {
            /** @description Read only if `dedupeOn` is `id` */
            id?: number;
            /**
             * @description At most 40 characters; a longer one is cut at a word, and markup, links and templates are taken out
             * @example John
             */
            firstName?: string;
            /**
             * @description At most 40 characters; a longer one is cut at a word, and markup, links and templates are taken out
             * @example Smith
             */
            lastName?: string;
            /** @description Your own id of the contact; unique in the account */
            externalCustomerId?: string;
            contactKey?: string;
            /**
             * @description RFC 5646
             * @example en-US
             */
            languageCode?: string;
            /**
             * @description A name of the time zone database
             * @example Europe/Kyiv
             */
            timeZone?: string;
            address?: components["schemas"]["Address"];
            /** @description The date of the last order and how many there were */
            ordersInfo?: {
                lastDate?: string;
                count?: number;
            };
            /**
             * @description Since when the program that the contact comes from knew the person; the earlier time is kept
             * @example {
             *       "createdAt": "2019-03-14T10:05:00Z",
             *       "subscribedAt": "2019-03-15"
             *     }
             */
            origin?: {
                createdAt?: string;
                subscribedAt?: string;
            };
            channels?: components["schemas"]["Channel"][];
            fields?: components["schemas"]["FieldValue"][];
        };
        /**
         * @example {
         *       "town": "London",
         *       "region": "West",
         *       "address": "First str. 1",
         *       "postcode": "12345"
         *     }
         */
        Address: {
            region?: string;
            town?: string;
            address?: string;
            postcode?: string;
            countryCode?: string;
        };
        /**
         * @example {
         *       "type": "email",
         *       "value": "mail@example.com"
         *     }
         */
        Channel: {
            /** @enum {string} */
            type: "email" | "sms" | "viber" | "telegram" | "mobilepush" | "webpush";
            /** @description An e-mail address, a phone number or a token; blank means that there is no such channel */
            value: string;
            /** @description What a mobile app says about its device */
            device?: {
                [key: string]: unknown;
            };
            /** @description What a browser says about its subscription */
            webPushSubscription?: {
                [key: string]: unknown;
            };
        };
        /**
         * @example {
         *       "id": 12345,
         *       "value": "..."
         *     }
         */
        FieldValue: {
            /** @description The id of a custom field, from `GET /api/v1/addressbooks` */
            id: number;
            value: string;
        };
        /**
         * @example {
         *       "firstName": "John",
         *       "lastName": "Smith",
         *       "channels": [
         *         {
         *           "type": "email",
         *           "value": "mail@example.com"
         *         },
         *         {
         *           "type": "sms",
         *           "value": "380942583691"
         *         }
         *       ],
         *       "externalCustomerId": "C-17",
         *       "groups": [
         *         {
         *           "name": "Customers"
         *         }
         *       ]
         *     }
         */
        SingleContact: {
            /** @description Read only if `dedupeOn` is `id` */
            id?: number;
            /**
             * @description At most 40 characters; a longer one is cut at a word, and markup, links and templates are taken out
             * @example John
             */
            firstName?: string;
            /**
             * @description At most 40 characters; a longer one is cut at a word, and markup, links and templates are taken out
             * @example Smith
             */
            lastName?: string;
            /** @description Your own id of the contact; unique in the account */
            externalCustomerId?: string;
            contactKey?: string;
            /**
             * @description RFC 5646
             * @example en-US
             */
            languageCode?: string;
            /**
             * @description A name of the time zone database
             * @example Europe/Kyiv
             */
            timeZone?: string;
            address?: components["schemas"]["Address"];
            /** @description The date of the last order and how many there were */
            ordersInfo?: {
                lastDate?: string;
                count?: number;
            };
            /**
             * @description Since when the program that the contact comes from knew the person; the earlier time is kept
             * @example {
             *       "createdAt": "2019-03-14T10:05:00Z",
             *       "subscribedAt": "2019-03-15"
             *     }
             */
            origin?: {
                createdAt?: string;
                subscribedAt?: string;
            };
            channels?: components["schemas"]["Channel"][];
            fields?: components["schemas"]["FieldValue"][];
            /** @description Segments that the contact joins; a name that is new makes one */
            groups?: (string | {
                id?: number;
                name?: string;
            })[];
            /** @description Whether a deleted contact that is restored comes back with the segments that it was in */
            restoreDeleted?: boolean;
        };
        /**
         * @example {
         *       "contact": {
         *         "channels": [
         *           {
         *             "type": "email",
         *             "value": "mail@example.com"
         *           },
         *           {
         *             "type": "sms",
         *             "value": "380942583691"
         *           }
         *         ],
         *         "firstName": "John",
         *         "lastName": "Smith",
         *         "address": {
         *           "town": "London",
         *           "region": "West",
         *           "address": "First str. 1",
         *           "postcode": "12345"
         *         },
         *         "fields": [
         *           {
         *             "id": 12345,
         *             "value": "..."
         *           }
         *         ]
         *       },
         *       "groups": [
         *         "Subscribers"
         *       ],
         *       "formType": "abc"
         *     }
         */
        Subscription: {
            contact: components["schemas"]["SingleContact"];
            /** @description Segments that the contact joins; a name that is new makes one */
            groups?: (string | {
                id?: number;
                name?: string;
            })[];
            /** @description Keys of subscription categories; a key that no category has names a segment */
            subscriptions?: string[];
            /**
             * @description Which form it was; the event type ends with it
             * @example abc
             */
            formType?: string;
            /** @description What the widget of the CAPTCHA put into the form, where the stage asks for one */
            "cf-turnstile-response"?: string;
            /** @description What the widget of the CAPTCHA put into the form, where the stage asks for one */
            "h-captcha-response"?: string;
        };
        /**
         * @example {
         *       "emails": [
         *         "mail@example.com"
         *       ]
         *     }
         */
        UnsubscribedEmails: {
            emails: string[];
        };
        /**
         * @example {
         *       "contactIds": [
         *         95064060,
         *         95064156
         *       ]
         *     }
         */
        ContactNames: {
            /** @description Ids of contacts */
            contactIds?: number[];
            /** @description Your own ids, instead of contactIds; also as externalCustomerId */
            externalCustomerIds?: string[];
        };
        /**
         * @example {
         *       "subscriptions": [
         *         "newsletter"
         *       ]
         *     }
         */
        ContactSubscriptions: {
            /** @description Keys of categories; it is in these and in no others */
            subscriptions: string[];
        };
        /**
         * @example {
         *       "version": 3,
         *       "firstName": "John",
         *       "clear": [
         *         "sms"
         *       ]
         *     }
         */
        EditContact: {
            /** @description Read only if `dedupeOn` is `id` */
            id?: number;
            /**
             * @description At most 40 characters; a longer one is cut at a word, and markup, links and templates are taken out
             * @example John
             */
            firstName?: string;
            /**
             * @description At most 40 characters; a longer one is cut at a word, and markup, links and templates are taken out
             * @example Smith
             */
            lastName?: string;
            /** @description Your own id of the contact; unique in the account */
            externalCustomerId?: string;
            contactKey?: string;
            /**
             * @description RFC 5646
             * @example en-US
             */
            languageCode?: string;
            /**
             * @description A name of the time zone database
             * @example Europe/Kyiv
             */
            timeZone?: string;
            address?: components["schemas"]["Address"];
            /** @description The date of the last order and how many there were */
            ordersInfo?: {
                lastDate?: string;
                count?: number;
            };
            channels?: components["schemas"]["Channel"][];
            fields?: components["schemas"]["FieldValue"][];
            /** @description The version that was read; where the contact is in another one, nothing changes */
            version: number;
            /** @description Members, and ids of custom fields, that are to be empty afterwards */
            clear?: (("firstName" | "lastName" | "email" | "sms" | "mobilepush" | "webpush" | "address" | "town" | "region" | "postcode" | "contactKey" | "ordersInfo" | "languageCode" | "timeZone" | "externalCustomerId") | number)[];
        };
        /**
         * @example {
         *       "name": "Customers"
         *     }
         */
        SegmentName: {
            /** @description Unique, whatever the case of its letters */
            name: string;
        };
        /**
         * @example {
         *       "dryRun": true
         *     }
         */
        UndoImport: {
            /**
             * @description Only say what undoing would do
             * @default false
             */
            dryRun?: boolean;
            /**
             * @description Lift the suppressions that the import, and nobody else, brought in
             * @default false
             */
            suppressions?: boolean;
        };
        /**
         * @example {
         *       "name": "Loyalty card",
         *       "type": "textfield",
         *       "identifier": true
         *     }
         */
        CreateField: {
            name: string;
            /** @enum {string} */
            type: "textfield" | "textarea" | "number" | "decimal" | "date" | "datetime" | "combobox" | "checkboxlist";
            /**
             * @description The list that it stands in
             * @default Personal
             */
            group?: string;
            /** @description Unique within its list; made from the name if absent */
            key?: string;
            /** @description What a combobox or a checkboxlist can hold, and only those */
            possibleValues?: string[];
            /**
             * @description Whether contacts can be found by it with `dedupeOn: fieldId`; not for lists and long texts
             * @default false
             */
            identifier?: boolean;
        };
        /**
         * @example {
         *       "encoding": "windows-1251"
         *     }
         */
        PreviewUpload: {
            /**
             * @description The character between cells, `tab` for a tab; found out if absent
             * @example ;
             */
            delimiter?: string;
            /**
             * @description A label of the WHATWG Encoding Standard; found out if absent
             * @example windows-1251
             */
            encoding?: string;
            /**
             * @description The sheet of a workbook; the first one that is not hidden if absent
             * @example Clients
             */
            sheet?: string;
            /**
             * @description Columns by the headers that stand for them
             * @example {
             *       "E-mail address": "email"
             *     }
             */
            fieldMapping?: {
                [key: string]: string;
            };
            /**
             * @description The program that the file was exported from, `plain` for none; known by its header where absent
             * @enum {string}
             */
            source?: "mailchimp" | "brevo" | "hubspot" | "shopify" | "woocommerce" | "salesforce" | "zoho" | "odoo" | "pipedrive" | "mailerlite" | "listmonk" | "mautic" | "keila" | "ghost" | "pinpoint" | "klaviyo" | "sendgrid" | "activecampaign" | "google" | "outlook" | "yespo" | "substack" | "plain";
            /**
             * @description What words of the file say about consent
             * @example {
             *       "left us": "unsubscribed"
             *     }
             */
            consentWords?: {
                [key: string]: "subscribed" | "unconfirmed" | "noConsent" | "deleted" | "unsubscribed" | "complained" | "bounced" | "blacklisted" | "yes" | "no" | "nothing";
            };
            /**
             * @description The order of day, month and year in dates; found out where absent
             * @example MM/DD/YYYY
             */
            dateFormat?: string;
            /**
             * @description The country of phones that name none, ISO 3166-1 alpha-2; `+` where each begins with its country code. That of the stage where absent
             * @example PL
             */
            defaultCountry?: string;
            /** @description Whether the id that the other program has for a person becomes the externalCustomerId */
            keepIds?: boolean;
            /** @description Whether tags, lists and groups of a person become segments */
            tagsToSegments?: boolean;
        };
        /**
         * @example {
         *       "name": "support",
         *       "scope": "viewer"
         *     }
         */
        CreateKey: {
            /** @description Unique; people know it by this */
            name: string;
            /**
             * @description What it may do
             * @enum {string}
             */
            scope: "full" | "viewer" | "events+contacts" | "events+contacts-write" | "events" | "messages" | "subscribe";
            /** @description Requests a minute that it is good for; 60 where absent and the scope is `subscribe` */
            ratePerMinute?: number;
            /** @description For the scope `subscribe`: the segments that subscribers of the form join, and no others */
            groups?: string[];
            /** @description For the scope `subscribe`: the custom fields that the form fills in */
            fields?: number[];
        };
        /**
         * @example {
         *       "eventTypeKey": "cartAbandoned",
         *       "keyValue": "mail@example.com",
         *       "params": [
         *         {
         *           "name": "email",
         *           "value": "mail@example.com"
         *         }
         *       ]
         *     }
         */
        Event: {
            /**
             * @description What happened. Version 2 refuses < > ; ’ \ / | " ` ' ^ ? ! and commas
             * @example cartAbandoned
             */
            eventTypeKey: string;
            /** @description What tells this event from others of its type; if absent, the identifier that the parameters name */
            keyValue?: string;
            /** @description Their names are unique. Among them: who the event is about, e.g. `email` or `contactId` */
            params?: {
                /** @example email */
                name: string;
                /** @description Text; in version 2 whatever JSON can hold */
                value: unknown;
            }[];
        };
        /**
         * @example {
         *       "events": [
         *         {
         *           "eventTypeKey": "cartAbandoned",
         *           "keyValue": "mail@example.com",
         *           "occurred": "2025-12-24T18:30:00+02:00",
         *           "params": [
         *             {
         *               "name": "email",
         *               "value": "mail@example.com"
         *             }
         *           ]
         *         }
         *       ]
         *     }
         */
        PastEvents: {
            events: {
                /**
                 * @description What happened. Version 2 refuses < > ; ’ \ / | " ` ' ^ ? ! and commas
                 * @example cartAbandoned
                 */
                eventTypeKey: string;
                /** @description What tells this event from others of its type; if absent, the identifier that the parameters name */
                keyValue?: string;
                /** @description Their names are unique. Among them: who the event is about, e.g. `email` or `contactId` */
                params?: {
                    /** @example email */
                    name: string;
                    /** @description Text; in version 2 whatever JSON can hold */
                    value: unknown;
                }[];
                /** @description ISO 8601; UTC if it has no offset */
                occurred: string;
            }[];
        };
        /**
         * @example {
         *       "from": "2025-12-01",
         *       "to": "2025-12-31"
         *     }
         */
        PastEventsRange: {
            /** @description ISO 8601; UTC if it has no offset */
            from: string;
            /** @description ISO 8601, included, as `from` is; a date alone counts to the end of its day */
            to: string;
        };
        /**
         * @example {
         *       "orders": [
         *         {
         *           "externalOrderId": "2026-0001",
         *           "status": "INITIALIZED",
         *           "date": "2026-01-05T10:11:00",
         *           "totalCost": 22,
         *           "currency": "UAH",
         *           "email": "mail@example.com",
         *           "phone": "380942583691",
         *           "firstName": "John",
         *           "lastName": "Smith",
         *           "items": [
         *             {
         *               "externalItemId": "170",
         *               "name": "Cup",
         *               "quantity": 2,
         *               "cost": 11,
         *               "url": "https://shop.example/170"
         *             }
         *           ]
         *         }
         *       ]
         *     }
         */
        Orders: {
            orders: components["schemas"]["Order"][];
        };
        Order: {
            /** @description Your own id of the order: the same one sent again updates it */
            externalOrderId: string;
            /** @enum {string} */
            status: "INITIALIZED" | "IN_PROGRESS" | "DELIVERED" | "CANCELLED" | "ABANDONED_SHOPPING_CART";
            /**
             * @description ISO 8601; UTC if it has no offset
             * @example 2026-01-05T10:11:00
             */
            date: string;
            totalCost: number;
            /** @description ISO 4217; the currency of the account if absent */
            currency?: string;
            externalCustomerId?: string;
            email?: string;
            phone?: string;
            firstName?: string;
            lastName?: string;
            shipping?: number;
            discount?: number;
            taxes?: number;
            restoreUrl?: string;
            statusDescription?: string;
            storeId?: string;
            source?: string;
            deliveryMethod?: string;
            paymentMethod?: string;
            deliveryAddress?: string;
            /** @description Whatever else there is to say */
            additionalInfo?: {
                [key: string]: unknown;
            };
            items?: components["schemas"]["OrderItem"][];
        };
        /**
         * @example {
         *       "externalItemId": "170",
         *       "name": "Cup",
         *       "quantity": 2,
         *       "cost": 11,
         *       "url": "https://shop.example/170"
         *     }
         */
        OrderItem: {
            externalItemId?: string;
            quantity: number;
            name?: string;
            category?: string;
            /** @description Of one piece */
            cost?: number;
            url?: string;
            imageUrl?: string;
            description?: string;
        };
        /**
         * @example {
         *       "validate": true,
         *       "params": [
         *         {
         *           "name": "email",
         *           "required": true
         *         }
         *       ]
         *     }
         */
        EventTypeInput: {
            /**
             * @description Whether events with other parameters are refused
             * @default true
             */
            validate?: boolean;
            params?: {
                /** @example orderNumber */
                name: string;
                /**
                 * @description Whether an event must have it
                 * @default true
                 */
                required?: boolean;
            }[];
        };
        /**
         * @example {
         *       "link": "https://user:password@shop.example/contacts.csv",
         *       "dedupeOn": "email",
         *       "groupNames": [
         *         "Customers"
         *       ],
         *       "eventKeyForNewContacts": "newContact"
         *     }
         */
        UploadContacts: {
            /**
             * @description How contacts are matched, after externalCustomerId
             * @default email
             * @enum {string}
             */
            dedupeOn?: "email" | "sms" | "email_or_sms" | "push" | "webpush" | "id" | "fieldId" | "externalCustomerId";
            /** @description The custom field of `dedupeOn: fieldId` */
            fieldId?: number;
            /** @description The members that an update writes; a listed member that a contact lacks is cleared */
            contactFields?: ("firstName" | "lastName" | "email" | "sms" | "mobilepush" | "webpush" | "address" | "town" | "region" | "postcode" | "contactKey" | "ordersInfo" | "languageCode" | "timeZone" | "externalCustomerId")[];
            /**
             * @description The custom fields that an update writes
             * @example [
             *       12345
             *     ]
             */
            customFieldsIDs?: number[];
            /**
             * @description Segments that the contacts join; made if missing
             * @example [
             *       "Customers"
             *     ]
             */
            groupNames?: string[];
            /**
             * @description Segments that the contacts leave; wins over `groupNames`
             * @example [
             *       "Subscribers"
             *     ]
             */
            groupNamesExclude?: string[];
            /**
             * @description Whether deleted contacts are restored or skipped
             * @default false
             */
            restoreDeleted?: boolean;
            /**
             * @description Whether rows create contacts, update them, or do both, as the vendor does; Rollcall has this beside the contract
             * @enum {string}
             */
            importMode?: "createAndUpdate" | "create" | "update";
            /**
             * @description The type of the event that each new contact raises
             * @example newContact
             */
            eventKeyForNewContacts?: string;
            /**
             * @description What everybody counts as at least, e.g. for a list of those who unsubscribed elsewhere
             * @enum {string}
             */
            importAs?: "unconfirmed" | "noConsent" | "deleted" | "unsubscribed" | "complained" | "bounced" | "blacklisted";
            /** @description Whether one externalCustomerId may stand beside several e-mail addresses and several phones; otherwise its rows fail */
            allowSharedIds?: boolean;
            /**
             * @description The character between cells, `tab` for a tab; found out if absent
             * @example ;
             */
            delimiter?: string;
            /**
             * @description A label of the WHATWG Encoding Standard; found out if absent
             * @example windows-1251
             */
            encoding?: string;
            /**
             * @description The sheet of a workbook; the first one that is not hidden if absent
             * @example Clients
             */
            sheet?: string;
            /**
             * @description Columns by the headers that stand for them
             * @example {
             *       "E-mail address": "email"
             *     }
             */
            fieldMapping?: {
                [key: string]: string;
            };
            /**
             * @description The program that the file was exported from, `plain` for none; known by its header where absent
             * @enum {string}
             */
            source?: "mailchimp" | "brevo" | "hubspot" | "shopify" | "woocommerce" | "salesforce" | "zoho" | "odoo" | "pipedrive" | "mailerlite" | "listmonk" | "mautic" | "keila" | "ghost" | "pinpoint" | "klaviyo" | "sendgrid" | "activecampaign" | "google" | "outlook" | "yespo" | "substack" | "plain";
            /**
             * @description What words of the file say about consent
             * @example {
             *       "left us": "unsubscribed"
             *     }
             */
            consentWords?: {
                [key: string]: "subscribed" | "unconfirmed" | "noConsent" | "deleted" | "unsubscribed" | "complained" | "bounced" | "blacklisted" | "yes" | "no" | "nothing";
            };
            /**
             * @description The order of day, month and year in dates; found out where absent
             * @example MM/DD/YYYY
             */
            dateFormat?: string;
            /**
             * @description The country of phones that name none, ISO 3166-1 alpha-2; `+` where each begins with its country code. That of the stage where absent
             * @example PL
             */
            defaultCountry?: string;
            /** @description Whether the id that the other program has for a person becomes the externalCustomerId */
            keepIds?: boolean;
            /** @description Whether tags, lists and groups of a person become segments */
            tagsToSegments?: boolean;
            /** @description Where the file is, by https or http; user name and password may stand in it and are not stored */
            link: string;
        };
        /**
         * @example {
         *       "size": 1048576,
         *       "sha256": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
         *       "fileName": "contacts.csv"
         *     }
         */
        CreateUpload: {
            /** @description Bytes of the file */
            size: number;
            /** @description The SHA-256 of the file, 32 bytes in base64 */
            sha256: string;
            fileName?: string;
        };
        /**
         * @example {
         *       "dedupeOn": "email",
         *       "groupNames": [
         *         "Customers"
         *       ]
         *     }
         */
        ImportUpload: {
            /**
             * @description How contacts are matched, after externalCustomerId
             * @default email
             * @enum {string}
             */
            dedupeOn?: "email" | "sms" | "email_or_sms" | "push" | "webpush" | "id" | "fieldId" | "externalCustomerId";
            /** @description The custom field of `dedupeOn: fieldId` */
            fieldId?: number;
            /** @description The members that an update writes; a listed member that a contact lacks is cleared */
            contactFields?: ("firstName" | "lastName" | "email" | "sms" | "mobilepush" | "webpush" | "address" | "town" | "region" | "postcode" | "contactKey" | "ordersInfo" | "languageCode" | "timeZone" | "externalCustomerId")[];
            /**
             * @description The custom fields that an update writes
             * @example [
             *       12345
             *     ]
             */
            customFieldsIDs?: number[];
            /**
             * @description Segments that the contacts join; made if missing
             * @example [
             *       "Customers"
             *     ]
             */
            groupNames?: string[];
            /**
             * @description Segments that the contacts leave; wins over `groupNames`
             * @example [
             *       "Subscribers"
             *     ]
             */
            groupNamesExclude?: string[];
            /**
             * @description Whether deleted contacts are restored or skipped
             * @default false
             */
            restoreDeleted?: boolean;
            /**
             * @description Whether rows create contacts, update them, or do both, as the vendor does; Rollcall has this beside the contract
             * @enum {string}
             */
            importMode?: "createAndUpdate" | "create" | "update";
            /**
             * @description The type of the event that each new contact raises
             * @example newContact
             */
            eventKeyForNewContacts?: string;
            /**
             * @description What everybody counts as at least, e.g. for a list of those who unsubscribed elsewhere
             * @enum {string}
             */
            importAs?: "unconfirmed" | "noConsent" | "deleted" | "unsubscribed" | "complained" | "bounced" | "blacklisted";
            /** @description Whether one externalCustomerId may stand beside several e-mail addresses and several phones; otherwise its rows fail */
            allowSharedIds?: boolean;
            /**
             * @description The character between cells, `tab` for a tab; found out if absent
             * @example ;
             */
            delimiter?: string;
            /**
             * @description A label of the WHATWG Encoding Standard; found out if absent
             * @example windows-1251
             */
            encoding?: string;
            /**
             * @description The sheet of a workbook; the first one that is not hidden if absent
             * @example Clients
             */
            sheet?: string;
            /**
             * @description Columns by the headers that stand for them
             * @example {
             *       "E-mail address": "email"
             *     }
             */
            fieldMapping?: {
                [key: string]: string;
            };
            /**
             * @description The program that the file was exported from, `plain` for none; known by its header where absent
             * @enum {string}
             */
            source?: "mailchimp" | "brevo" | "hubspot" | "shopify" | "woocommerce" | "salesforce" | "zoho" | "odoo" | "pipedrive" | "mailerlite" | "listmonk" | "mautic" | "keila" | "ghost" | "pinpoint" | "klaviyo" | "sendgrid" | "activecampaign" | "google" | "outlook" | "yespo" | "substack" | "plain";
            /**
             * @description What words of the file say about consent
             * @example {
             *       "left us": "unsubscribed"
             *     }
             */
            consentWords?: {
                [key: string]: "subscribed" | "unconfirmed" | "noConsent" | "deleted" | "unsubscribed" | "complained" | "bounced" | "blacklisted" | "yes" | "no" | "nothing";
            };
            /**
             * @description The order of day, month and year in dates; found out where absent
             * @example MM/DD/YYYY
             */
            dateFormat?: string;
            /**
             * @description The country of phones that name none, ISO 3166-1 alpha-2; `+` where each begins with its country code. That of the stage where absent
             * @example PL
             */
            defaultCountry?: string;
            /** @description Whether the id that the other program has for a person becomes the externalCustomerId */
            keepIds?: boolean;
            /** @description Whether tags, lists and groups of a person become segments */
            tagsToSegments?: boolean;
            /**
             * @description Whether nothing is written: outcomes then say what would become of each row
             * @default false
             */
            dryRun?: boolean;
        };
        /**
         * @example {
         *       "from": "Shop <owner@example.com>",
         *       "subject": "Your order",
         *       "htmlText": "<p>Thank you, ${contact.firstName}.</p>",
         *       "plainText": "Thank you, ${contact.firstName}.",
         *       "emails": [
         *         "mail@example.com"
         *       ]
         *     }
         */
        EmailMessage: {
            /** @description `Name <address>`; the address is one that the stage sends from */
            from?: string;
            subject: string;
            htmlText?: string;
            plainText?: string;
            emails: string[];
            /** @description Whether `${name}` stays as it is */
            skipPersonalisation?: boolean;
        };
        /**
         * @example {
         *       "text": "Your code is 1234",
         *       "phoneNumbers": [
         *         "380942583691"
         *       ]
         *     }
         */
        SmsMessage: {
            /** @description A number or a name that the stage sends from */
            from?: string;
            text: string;
            phoneNumbers?: string[];
            /** @description A segment, whose contacts get the message in the background */
            groupId?: number;
        };
        /**
         * @example {
         *       "params": [
         *         {
         *           "key": "name",
         *           "value": "John"
         *         }
         *       ],
         *       "recipients": [
         *         "mail@example.com"
         *       ]
         *     }
         */
        SendMessage: {
            params?: {
                key: string;
                value?: string;
            }[];
            recipients?: string[];
            contactId?: number;
            /** @description A segment, whose contacts get the message in the background */
            groupId?: number;
            fromName?: string;
            allowUnconfirmed?: boolean;
        };
        /**
         * @example {
         *       "recipients": [
         *         {
         *           "locator": "mail@example.com",
         *           "jsonParam": "{\"name\":\"John\"}"
         *         }
         *       ]
         *     }
         */
        SmartSend: {
            recipients: {
                /** @description An e-mail address, or a phone number for an SMS */
                locator?: string;
                /** @description Instead of a locator, if it is an e-mail */
                email?: string;
                /** @description Instead of a locator, if it is an SMS */
                phone?: string;
                /** @description A contact, instead of a locator */
                contactId?: number;
                /** @description What `${name}` stands for: an object, a list of `{key, value}`, or the JSON of either as text */
                jsonParam?: unknown;
            }[];
            fromName?: string;
            allowUnconfirmed?: boolean;
        };
        /**
         * @example {
         *       "name": "Order confirmation",
         *       "channel": "email",
         *       "from": "Shop <owner@example.com>",
         *       "subject": "Your order ${order.number}",
         *       "html": "<p>Thank you, ${name}.</p>",
         *       "text": "Thank you, ${name}."
         *     }
         */
        StoredMessageRequest: {
            /** @description For people */
            name: string;
            /** @enum {string} */
            channel: "email" | "sms";
            /** @description `Name <address>` of an e-mail, or what an SMS is from; the stage’s own if absent */
            from?: string;
            /** @description Of an e-mail */
            subject?: string;
            /** @description Of an e-mail; parameters are escaped in it */
            html?: string;
            /** @description Of an SMS, or the plain text of an e-mail */
            text?: string;
            /** @description Those that it has if absent */
            tags?: string[];
        };
        /**
         * @example {
         *       "name": "Welcome",
         *       "eventTypeKey": "subscribeFromApi-footer",
         *       "uniqueness": "once",
         *       "steps": [
         *         {
         *           "type": "waitForEvent",
         *           "eventTypeKey": "SysContactConfirmed",
         *           "timeout": {
         *             "days": 3
         *           }
         *         },
         *         {
         *           "type": "addToSegment",
         *           "segment": "Welcomed"
         *         }
         *       ]
         *     }
         */
        WorkflowInput: {
            name: string;
            /**
             * @description What happened. Version 2 refuses < > ; ’ \ / | " ` ' ^ ? ! and commas
             * @example cartAbandoned
             */
            eventTypeKey: string;
            /**
             * @description Whether each event launches it, the first of its key only, or one of its key in such a time
             * @default each
             */
            uniqueness?: ("each" | "once") | {
                oncePer: components["schemas"]["Duration"];
            };
            /**
             * @description Whether events launch it
             * @default true
             */
            enabled?: boolean;
            steps: ({
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "createContact";
                /** @description The parameter with the JSON about the contact; `contactJson` or `json` where absent */
                json?: string;
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "updateContact";
                /** @description The parameter with the JSON about the contact; `contactJson` or `json` where absent */
                json?: string;
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "updateFields";
                fields: {
                    id: number;
                    /** @enum {string} */
                    operation: "=" | "+" | "-";
                    /** @description With `${name}` in the place of parameters of the event */
                    value: string;
                }[];
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "confirmContact";
                /** @description The name of a static segment, which is made where missing */
                segment?: string;
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "addToSegment";
                /** @description The name of a static segment, which is made where missing */
                segment: string;
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "removeFromSegment";
                /** @description The name of a static segment, which is made where missing */
                segment: string;
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "sendEmail";
                /** @description An address, e.g. `${Email}`; the contact of the run where absent */
                to?: string;
                /** @description In place of the usual name of the sender */
                fromName?: string;
                /** @description A stored message, in place of subject and bodies */
                messageId?: number;
                /** @description With `${name}` where parameters go, and `${contact.firstName}` and the like */
                subject?: string;
                /** @description The same, and `${confirmationLink}`, which confirms the address */
                html?: string;
                /** @description The same */
                text?: string;
                /**
                 * @description Whether it goes to unconfirmed and unsubscribed addresses, too
                 * @default false
                 */
                obligatory?: boolean;
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "sendSms";
                /** @description A phone number, e.g. `${Phone}`; the contact of the run where absent */
                to?: string;
                /** @description What it is from; the usual where absent */
                from?: string;
                /** @description With `${name}` where parameters go */
                text: string;
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "callWebhook";
                /** @description https, with `${name}` in its path or query where parameters go */
                url: string;
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "wait";
                for: components["schemas"]["Duration"];
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "waitForEvent";
                /**
                 * @description What happened. Version 2 refuses < > ; ’ \ / | " ` ' ^ ? ! and commas
                 * @example cartAbandoned
                 */
                eventTypeKey: string;
                timeout: components["schemas"]["Duration"];
                /** @default continue */
                onEvent?: components["schemas"]["Turn"];
                /** @default end */
                onTimeout?: components["schemas"]["Turn"];
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "condition";
                /** @constant */
                check: "contactConfirmed";
                /** @default continue */
                onTrue?: components["schemas"]["Turn"];
                /** @default end */
                onFalse?: components["schemas"]["Turn"];
            })[];
            /** @description One more than before for a new secret of its webhooks; if absent, it stays as it is */
            webhookSecretNumber?: number;
            /** @description The version that the caller knows, 0 if there is none; any other is a conflict */
            version?: number;
        };
        /**
         * @description The sum of its members
         * @example {
         *       "days": 3
         *     }
         */
        Duration: {
            days?: number;
            hours?: number;
            minutes?: number;
            seconds?: number;
        };
        /** @description Where the run goes: to the next step, to its end, or to a later step */
        Turn: ("continue" | "end") | {
            /** @description Unique within the workflow; by its place if absent */
            goTo: string;
        };
        /**
         * @example {
         *       "domain": "shop.example"
         *     }
         */
        SiteDomain: {
            domain?: string;
            domains?: {
                domain: string;
            }[];
        };
        /**
         * @example {
         *       "externalCustomerId": "17",
         *       "email": "mail@example.com"
         *     }
         */
        ContactTokenRequest: {
            externalCustomerId?: string;
            /** @description Another name of `externalCustomerId`, which one connector uses */
            extid?: string;
            email?: string;
            phone?: string;
        };
        /**
         * @example {
         *       "name": "Order",
         *       "from": "Shop <owner@example.com>",
         *       "subject": "Your order",
         *       "htmlText": "<p>Thank you</p>"
         *     }
         */
        WireMessageInput: {
            name: string;
            /** @description `Name <address>` of an e-mail, or what an SMS is from */
            from?: string;
            /** @description Of an e-mail */
            subject?: string;
            /** @description Of an e-mail */
            htmlText?: string;
            /** @description Of an e-mail */
            plainText?: string;
            /** @description Of an SMS */
            text?: string;
            tags?: string[];
        };
        /**
         * @example {
         *       "subject": "Your new order"
         *     }
         */
        WireMessageChanges: {
            name?: string;
            /** @description `Name <address>` of an e-mail, or what an SMS is from */
            from?: string;
            /** @description Of an e-mail */
            subject?: string;
            /** @description Of an e-mail */
            htmlText?: string;
            /** @description Of an e-mail */
            plainText?: string;
            /** @description Of an SMS */
            text?: string;
            tags?: string[];
        };
        Error: {
            /** Format: date-time */
            timestamp: string;
            /** @description The HTTP status again */
            status: number;
            /** @description The reason phrase */
            error: string;
            /**
             * @description What happened; `docs/errors.md` explains each code
             * @enum {string}
             */
            code: "INVALID_JSON" | "INVALID_REQUEST" | "EVENT_PARAMS" | "CAPTCHA_FAILED" | "EXTERNAL_ID_TAKEN" | "UNAUTHORIZED" | "FORBIDDEN" | "NOT_FOUND" | "CONTACT_CHANGED" | "NOTHING_TO_CONFIRM" | "NO_SENDER" | "NAME_TAKEN" | "SEGMENT_PROTECTED" | "UPLOAD_INCOMPLETE" | "WORKFLOW_CHANGED" | "IMPORT_NOT_OVER" | "REQUEST_UNDER_WAY" | "ANSWER_NOT_KEPT" | "BODY_TOO_LARGE" | "IDEMPOTENCY_KEY_REUSED" | "THROTTLED" | "INTERNAL" | "UNAVAILABLE";
            /** @description What went wrong, for people */
            message: string;
            path: string;
        };
        /**
         * @example {
         *       "id": 0,
         *       "asyncSessionId": "e76ec64c-4243-4124-a9e7-b50a2a7a6c90",
         *       "failedContacts": []
         *     }
         */
        AddContactsAnswer: {
            /** @constant */
            id: 0;
            /**
             * Format: uuid
             * @description Asks `GET /api/v1/importstatus/{sessionId}` how it went
             */
            asyncSessionId: string;
            /** @description Contacts that can never be imported as they are */
            failedContacts: components["schemas"]["FailedContact"][];
        };
        FailedContact: {
            /** @description Its place in the request, from 0 */
            index: number;
            id?: string | number;
            externalCustomerId?: string | number;
            firstName?: string | number;
            lastName?: string | number;
            channels: {
                type: string;
                value: string;
            }[];
            errors: {
                field: string;
                /** @description One of NOT_AN_OBJECT, INVALID_EMAIL, INVALID_PHONE, INVALID_CHANNEL, INVALID_MEMBER, INVALID_NAME, NAME_CHANGED, EMAIL_REPLACED, INVALID_FIELD, UNKNOWN_FIELD, CHARACTERS_REPLACED, NO_VALUE, SPARE_VALUE, AMBIGUOUS_DATE, DATE_WITHOUT_YEAR, CONSENT_UNCLEAR, CONSENT_MISSING, UNKNOWN_ID, MISSING_DEDUPE_VALUE, EXTERNAL_ID_CONFLICT, SHARED_EXTERNAL_ID, EXTERNAL_ID_OWNED, CONTACT_DELETED, CONTACT_EXISTS, CONTACT_UNKNOWN, TOO_MANY_OWNERS, TOO_LARGE, NOT_PERMITTED, SEGMENT_LEFT_OUT, CATEGORY_LEFT, SEGMENT_NOT_STATIC, CHUNK_FAILED, CANCELLED, RAGGED_ROW, BROKEN_QUOTE, DAMAGED_TEXT, BROKEN_JSON, BROKEN_CARD, ROW_TOO_LONG, ROW_ERASED */
                code: string;
                message: string;
            }[];
        };
        /**
         * @example {
         *       "id": 95064156
         *     }
         */
        ContactId: {
            /** @description The id of the contact */
            id: number;
        };
        /**
         * @example {
         *       "id": 95064060,
         *       "addressBookId": 1,
         *       "firstName": "John",
         *       "channels": [
         *         {
         *           "type": "email",
         *           "value": "mail@example.com"
         *         }
         *       ],
         *       "groups": [
         *         {
         *           "id": 3601264,
         *           "name": "Customers",
         *           "type": "Static"
         *         }
         *       ]
         *     }
         */
        Contact: {
            id: number;
            addressBookId: number;
            externalCustomerId?: string;
            contactKey?: string;
            firstName?: string;
            lastName?: string;
            channels: {
                /** @enum {string} */
                type: "email" | "sms" | "viber" | "telegram" | "mobilepush" | "webpush";
                value: string;
                device?: {
                    [key: string]: unknown;
                };
                webPushSubscription?: {
                    [key: string]: unknown;
                };
            }[];
            address?: {
                region: string;
                town: string;
                address: string;
                postcode: string;
                countryCode?: string;
            };
            fields?: {
                id: number;
                value: string;
            }[];
            languageCode?: string;
            timeZone?: string;
            ordersInfo?: {
                lastDate: string;
                count: number;
            };
            /** @description Only if a single contact is asked for */
            groups?: components["schemas"]["Group"][];
        };
        /**
         * @example {
         *       "id": 3601264,
         *       "name": "Customers",
         *       "type": "Static"
         *     }
         */
        Group: {
            id: number;
            name: string;
            /** @enum {string} */
            type: "Static" | "Dynamic" | "Combined";
        };
        /**
         * @example {
         *       "id": 564407320,
         *       "emailStatus": "NEED_CONFIRMATION"
         *     }
         */
        SubscriptionAnswer: {
            /** @description The id of the contact */
            id: number;
            /**
             * @description Absent if no e-mail address was sent
             * @enum {string}
             */
            emailStatus?: "NEED_CONFIRMATION" | "SUBSCRIBED" | "ALREADY_SUBSCRIBED" | "BLACKLISTED";
        };
        /**
         * @example {
         *       "status": "FINISHED",
         *       "description": "1 rows were read: 1 created, 0 updated, 0 unchanged, 0 skipped, 0 failed",
         *       "mapping": [
         *         {
         *           "dedupeValue": "mail@example.com",
         *           "contactId": 123
         *         }
         *       ]
         *     }
         */
        ImportStatus: {
            /** @enum {string} */
            status: "STARTED" | "IMPORTING" | "FINISHED" | "ERROR";
            /** @description For people; the reason if it ended with ERROR */
            description: string;
            /** @description Each imported contact with the value that it was matched by; only when FINISHED */
            mapping?: {
                dedupeValue: string;
                contactId: number;
            }[];
        };
        /**
         * @example {
         *       "results": [
         *         {
         *           "contactId": 1,
         *           "email": "mail@example.com"
         *         }
         *       ]
         *     }
         */
        ContactEmails: {
            results: {
                contactId: number;
                email: string;
            }[];
        };
        /**
         * @example [
         *       {
         *         "key": "newsletter",
         *         "name": "Newsletter"
         *       }
         *     ]
         */
        Subscriptions: {
            key: string;
            name: string;
        }[];
        AddressBooks: {
            addressBook: {
                addressBookId: number;
                name: string;
                fieldGroups: {
                    name: string;
                    profileKey: string;
                    fields: {
                        id: number;
                        name: string;
                        fieldKey: string;
                        description: {
                            /** @enum {string} */
                            type: "textfield" | "textarea" | "number" | "decimal" | "date" | "datetime" | "combobox" | "checkboxlist";
                            required: boolean;
                            readonly: boolean;
                            allowedValues?: {
                                possibleValues?: string[];
                            };
                        };
                    }[];
                }[];
            };
        };
        /**
         * @example {
         *       "version": "0.1.0",
         *       "protocolVersion": "1.0"
         *     }
         */
        Version: {
            version: string;
            protocolVersion: string;
        };
        /**
         * @example {
         *       "orgId": 1,
         *       "userEmail": "owner@example.com",
         *       "organisationName": "Rollcall"
         *     }
         */
        AccountInfo: {
            orgId: number;
            userEmail: string;
            organisationName: string;
        };
        /**
         * @example {
         *       "currentBalance": 0,
         *       "creditLimit": 0,
         *       "currency": "UAH",
         *       "bonusEmails": 0,
         *       "bonusSmses": 0
         *     }
         */
        Balance: {
            currentBalance: number;
            creditLimit: number;
            currency: string;
            bonusEmails: number;
            bonusSmses: number;
        };
        AdminContact: {
            id: number;
            addressBookId: number;
            externalCustomerId?: string;
            contactKey?: string;
            firstName?: string;
            lastName?: string;
            channels: {
                /** @enum {string} */
                type: "email" | "sms" | "viber" | "telegram" | "mobilepush" | "webpush";
                value: string;
                device?: {
                    [key: string]: unknown;
                };
                webPushSubscription?: {
                    [key: string]: unknown;
                };
            }[];
            address?: {
                region: string;
                town: string;
                address: string;
                postcode: string;
                countryCode?: string;
            };
            fields?: {
                id: number;
                value: string;
            }[];
            languageCode?: string;
            timeZone?: string;
            ordersInfo?: {
                lastDate: string;
                count: number;
            };
            /** @enum {string} */
            source: "SUBSCRIPTION" | "IMPORT" | "API" | "I_MESSAGE" | "ORDER" | "CAMPAIGN" | "SITE_AUTOMATED";
            /**
             * @description The source as people read it
             * @example contact import
             */
            sourceLabel: string;
            /** @description What created it; only if a single contact is asked for */
            madeBy?: {
                /** @enum {string} */
                kind: "import" | "form" | "order" | "message" | "run" | "request";
                /** @description Of the import or the run; of a form or a request the id of its API key */
                id?: string;
                /**
                 * @description Where it is described
                 * @example /admin/v1/imports/…
                 */
                path?: string;
            };
            /** @description Whether the e-mail address is confirmed */
            confirmed: boolean;
            /**
             * @description Whether the address may get bulk mail, and why not
             * @enum {string}
             */
            emailStatus?: "confirmed" | "unconfirmed" | "unsubscribed" | "spam" | "blacklisted";
            /**
             * Format: date-time
             * @description Since when the address gets no bulk mail, if that is so
             */
            emailStatusSince?: string;
            /** @description Grows by one with each change; what an edit was made of */
            version: number;
            /** @description Why the address gets no bulk mail, no matter who has it, and since when */
            emailSuppression?: {
                /** @enum {string} */
                reason: "unsubscribed" | "spam" | "blacklisted";
                /**
                 * @description What made it so, where it was not the word of its owner
                 * @enum {string}
                 */
                cause?: "bounced" | "deleted" | "noConsent" | "stopped";
                /** Format: date-time */
                since: string;
            };
            /**
             * @description Whether the phone may get bulk SMS; only if a single contact is asked for
             * @enum {string}
             */
            smsStatus?: "subscribed" | "unsubscribed" | "spam" | "blacklisted";
            smsSuppression?: {
                /** @enum {string} */
                reason: "unsubscribed" | "spam" | "blacklisted";
                /**
                 * @description What made it so, where it was not the word of its owner
                 * @enum {string}
                 */
                cause?: "bounced" | "deleted" | "noConsent" | "stopped";
                /** Format: date-time */
                since: string;
            };
            /** @enum {string} */
            state: "active" | "deleted";
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Since when the program that the contact came from knew the person */
            origin?: {
                /** Format: date-time */
                createdAt?: string;
                /** Format: date-time */
                subscribedAt?: string;
            };
            /** @description Only if a single contact is asked for */
            segments?: components["schemas"]["Group"][];
        };
        EditedContact: {
            id: number;
            /** @description Values of custom fields that do not suit them and were left out */
            warnings: string[];
        };
        Segment: {
            id: number;
            name: string;
            /** @enum {string} */
            type: "Static" | "Dynamic" | "Combined";
            /** @description The subscription category that it mirrors */
            categoryKey?: string;
            /** @description Contacts in it, if they were counted */
            memberCount?: number;
        };
        Category: {
            key: string;
            name: string;
            /** @description The segment that mirrors it and has its name */
            segmentId: number;
        };
        ContactEvent: {
            /** @description The same for every repeat of the same fact: remember it to drop repeats */
            eventId: string;
            /**
             * @description What happened; also the detail-type
             * @example newContact
             */
            eventTypeKey: string;
            /**
             * @description The event key, e.g. the e-mail address
             * @example mail@example.com
             */
            keyValue: string;
            /** @description Absent if the event names no known contact */
            contactId?: number;
            /** Format: date-time */
            occurredAt: string;
            /** @description By name; whatever JSON can hold */
            params: {
                [key: string]: unknown;
            };
            /**
             * @description Absent for a fact of Rollcall; `caller` if a caller raised the event; `history`, in the log only, if a caller recorded it afterwards
             * @enum {string}
             */
            origin?: "caller" | "history";
        };
        Import: {
            /** Format: uuid */
            sessionId: string;
            /** @enum {string} */
            state: "STARTED" | "IMPORTING" | "PAUSED" | "CANCELLED" | "FINISHED" | "ERROR";
            /** @description The name of the API key that asked for it */
            createdBy?: string;
            settings: {
                /** @enum {string} */
                dedupeOn: "email" | "sms" | "email_or_sms" | "push" | "webpush" | "id" | "fieldId" | "externalCustomerId";
                fieldId?: number;
                contactFields?: ("firstName" | "lastName" | "email" | "sms" | "mobilepush" | "webpush" | "address" | "town" | "region" | "postcode" | "contactKey" | "ordersInfo" | "languageCode" | "timeZone" | "externalCustomerId")[];
                customFieldsIDs: number[];
                groupNames: string[];
                groupNamesExclude: string[];
                restoreDeleted: boolean;
                /** @enum {string} */
                importMode?: "create" | "update";
                eventKeyForNewContacts?: string;
                /**
                 * @description What everybody in it counts as at least
                 * @enum {string}
                 */
                importAs?: "unconfirmed" | "noConsent" | "deleted" | "unsubscribed" | "complained" | "bounced" | "blacklisted";
                /** @constant */
                allowSharedIds?: true;
            };
            /**
             * @description Nothing is written; the counts say what would be
             * @constant
             */
            dryRun?: true;
            upload?: {
                /** @description Without its credentials */
                link?: string;
                fileName?: string;
                /** @description As it was named, or found once the file was opened */
                encoding?: string;
                delimiter?: string;
                /** @description As it was given, like the members below, up to `columns` */
                sheet?: string;
                fieldMapping?: {
                    [key: string]: string;
                };
                source?: string;
                consentWords?: {
                    [key: string]: string;
                };
                dateFormat?: string;
                defaultCountry?: string;
                keepIds?: boolean;
                tagsToSegments?: boolean;
                /** @description What each column of the file became, once its header was read */
                columns?: {
                    header: string;
                    /** @description The member of a contact, what it says of consent, or the custom field by its id; absent: it is not read */
                    target?: string;
                }[];
                /** @description What people should know of how the file was read */
                notes?: string[];
                /** @description The segments that tags, lists and groups name, as far as the file was read */
                segments?: {
                    name: string;
                    /** @description Whether this import makes it */
                    isNew: boolean;
                }[];
                /** @description Whether it was read to its end, so that `total` stays */
                isComplete?: boolean;
            };
            /** @description Contacts submitted; of a file those that were read so far */
            total: number;
            /** @description Contacts that have an outcome; it is the sum of the five below */
            read: number;
            created: number;
            updated: number;
            unchanged: number;
            skipped: number;
            failed: number;
            /**
             * @description How many warnings of each code the rows have
             * @example {
             *       "INVALID_NAME": 12
             *     }
             */
            warnings: {
                [key: string]: number;
            };
            /** @description The same by column, the most frequent first; `…` stands for all columns beyond 200 */
            columnWarnings: {
                column: string;
                /** @description One of NOT_AN_OBJECT, INVALID_EMAIL, INVALID_PHONE, INVALID_CHANNEL, INVALID_MEMBER, INVALID_NAME, NAME_CHANGED, EMAIL_REPLACED, INVALID_FIELD, UNKNOWN_FIELD, CHARACTERS_REPLACED, NO_VALUE, SPARE_VALUE, AMBIGUOUS_DATE, DATE_WITHOUT_YEAR, CONSENT_UNCLEAR, CONSENT_MISSING, UNKNOWN_ID, MISSING_DEDUPE_VALUE, EXTERNAL_ID_CONFLICT, SHARED_EXTERNAL_ID, EXTERNAL_ID_OWNED, CONTACT_DELETED, CONTACT_EXISTS, CONTACT_UNKNOWN, TOO_MANY_OWNERS, TOO_LARGE, NOT_PERMITTED, SEGMENT_LEFT_OUT, CATEGORY_LEFT, SEGMENT_NOT_STATIC, CHUNK_FAILED, CANCELLED, RAGGED_ROW, BROKEN_QUOTE, DAMAGED_TEXT, BROKEN_JSON, BROKEN_CARD, ROW_TOO_LONG, ROW_ERASED */
                code: string;
                count: number;
            }[];
            /** @description Rows with warnings, whatever their outcome */
            warned: number;
            rowsPerSecond?: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            finishedAt?: string;
            undo?: {
                /**
                 * @description `CANCELLED` with `finishedAt` once the rows that were left are skipped
                 * @enum {string}
                 */
                state: "RUNNING" | "PAUSED" | "CANCELLED" | "FINISHED";
                /** @constant */
                dryRun?: true;
                /**
                 * @description It lifts the suppressions that the import brought in
                 * @constant
                 */
                suppressions?: true;
                /** Format: date-time */
                startedAt: string;
                /** Format: date-time */
                finishedAt?: string;
                /** @description In rows; all zero until it is over */
                counts: {
                    removed: number;
                    restored: number;
                    kept: number;
                    nothing: number;
                    skipped: number;
                };
            };
            /** @description Why it ended with ERROR, or that it was cancelled */
            reason?: string;
        };
        ImportRow: {
            /** @description Its place among the contacts of the request or the rows of the file, from 1 */
            row: number;
            /** @description The line of the file on which it begins, or the row of the sheet, from 1 */
            line?: number;
            /** @description The file in which it is, of an archive of several */
            entry?: string;
            /** @enum {string} */
            outcome: "created" | "updated" | "unchanged" | "skipped" | "failed";
            contactId?: number;
            /** @description One of NOT_AN_OBJECT, INVALID_EMAIL, INVALID_PHONE, INVALID_CHANNEL, INVALID_MEMBER, INVALID_NAME, NAME_CHANGED, EMAIL_REPLACED, INVALID_FIELD, UNKNOWN_FIELD, CHARACTERS_REPLACED, NO_VALUE, SPARE_VALUE, AMBIGUOUS_DATE, DATE_WITHOUT_YEAR, CONSENT_UNCLEAR, CONSENT_MISSING, UNKNOWN_ID, MISSING_DEDUPE_VALUE, EXTERNAL_ID_CONFLICT, SHARED_EXTERNAL_ID, EXTERNAL_ID_OWNED, CONTACT_DELETED, CONTACT_EXISTS, CONTACT_UNKNOWN, TOO_MANY_OWNERS, TOO_LARGE, NOT_PERMITTED, SEGMENT_LEFT_OUT, CATEGORY_LEFT, SEGMENT_NOT_STATIC, CHUNK_FAILED, CANCELLED, RAGGED_ROW, BROKEN_QUOTE, DAMAGED_TEXT, BROKEN_JSON, BROKEN_CARD, ROW_TOO_LONG, ROW_ERASED */
            code?: string;
            /** @description The member or the column of the file that it is about */
            field?: string;
            message?: string;
            warnings?: {
                field: string;
                /** @description One of NOT_AN_OBJECT, INVALID_EMAIL, INVALID_PHONE, INVALID_CHANNEL, INVALID_MEMBER, INVALID_NAME, NAME_CHANGED, EMAIL_REPLACED, INVALID_FIELD, UNKNOWN_FIELD, CHARACTERS_REPLACED, NO_VALUE, SPARE_VALUE, AMBIGUOUS_DATE, DATE_WITHOUT_YEAR, CONSENT_UNCLEAR, CONSENT_MISSING, UNKNOWN_ID, MISSING_DEDUPE_VALUE, EXTERNAL_ID_CONFLICT, SHARED_EXTERNAL_ID, EXTERNAL_ID_OWNED, CONTACT_DELETED, CONTACT_EXISTS, CONTACT_UNKNOWN, TOO_MANY_OWNERS, TOO_LARGE, NOT_PERMITTED, SEGMENT_LEFT_OUT, CATEGORY_LEFT, SEGMENT_NOT_STATIC, CHUNK_FAILED, CANCELLED, RAGGED_ROW, BROKEN_QUOTE, DAMAGED_TEXT, BROKEN_JSON, BROKEN_CARD, ROW_TOO_LONG, ROW_ERASED */
                code: string;
                message: string;
            }[];
            /** @description What undoing the import made of the row, or would make of it */
            undo?: {
                /** @enum {string} */
                outcome: "removed" | "restored" | "kept" | "nothing" | "skipped";
                /** @description Why the contact, or which member, stays as it is */
                reasons?: string[];
            };
        };
        Field: {
            id: number;
            group: string;
            name: string;
            key: string;
            /** @enum {string} */
            type: "textfield" | "textarea" | "number" | "decimal" | "date" | "datetime" | "combobox" | "checkboxlist";
            possibleValues?: string[];
            identifier: boolean;
        };
        ConfirmationSent: {
            /**
             * @description The contact
             * @example 95064060
             */
            id: number;
            /** Format: date-time */
            sentAt: string;
        };
        SentMessage: {
            /** Format: uuid */
            requestId: string;
            /** @enum {string} */
            channel: "email" | "sms";
            /** @enum {string} */
            status: "QUEUED" | "SENT" | "DELIVERED" | "UNDELIVERED" | "SPAM";
            /** @description Why it was not delivered */
            reason?: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            statusAt: string;
        };
        FilePreview: {
            encoding: string;
            delimiter: string;
            columns: {
                /** @description Its place in a row, from 0 */
                index: number;
                header: string;
                /** @description The member of a contact, what it says of consent, or the custom field by its id; absent: it is not read */
                target?: string;
                /** @description Why it is not clear who may be written to: an import would stop, and how to let it go on */
                unclear?: string;
            }[];
            /** @description The cells of the first rows */
            rows: string[][];
            /** @description What people should know of how the file is read */
            notes: string[];
        };
        MessagePreview: {
            /** @enum {string} */
            channel: "email" | "sms";
            subject?: string;
            html?: string;
            text?: string;
        };
        ApiKey: {
            /**
             * @description The beginning of its hash
             * @example 9f86d081884c
             */
            id: string;
            name: string;
            scope: string;
            ratePerMinute?: number;
            groups?: string[];
            fields?: number[];
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description To the day
             */
            lastUsedAt: string;
            /** @description Whether nobody used it for so long that it is disabled */
            isIdle: boolean;
            /** @description Whether this request came with it */
            isYours: boolean;
        };
        CreatedKey: {
            /**
             * @description The beginning of its hash
             * @example 9f86d081884c
             */
            id: string;
            name: string;
            scope: string;
            ratePerMinute?: number;
            groups?: string[];
            fields?: number[];
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description To the day
             */
            lastUsedAt: string;
            /** @description Only its hash is stored: it is shown this once */
            key: string;
        };
        /**
         * @example {
         *       "name": "support",
         *       "scope": "viewer",
         *       "rights": [
         *         "version",
         *         "adminRead"
         *       ]
         *     }
         */
        OwnKey: {
            name: string;
            scope: string;
            /** @description What it may do, by the names that the reference gives them */
            rights: string[];
        };
        Overview: {
            /** @description Contacts that are neither deleted nor erased */
            contacts: number;
            /**
             * @description By how they came; a source that none came by is absent
             * @example {
             *       "IMPORT": 3000
             *     }
             */
            contactsBySource: {
                [key: string]: number;
            };
            /** @description The last 30 days in UTC; today is the last one */
            days: {
                /** Format: date */
                day: string;
                /** @description New contacts, whatever became of them since */
                created: number;
                /**
                 * @description By how they came; a source that none came by is absent
                 * @example {
                 *       "IMPORT": 3000
                 *     }
                 */
                createdBySource: {
                    [key: string]: number;
                };
                /** @description People who were asked to confirm their address for the first time on this day */
                confirmationsAsked: number;
                /** @description People who confirmed for the first time on this day */
                confirmationsGiven: number;
                /** @description Messages that came back */
                bounces: number;
                /** @description Messages that were reported as spam */
                complaints: number;
            }[];
            /** @description Those of the newest 50 imports that are not over */
            runningImports: components["schemas"]["Import"][];
            deadLetters: {
                queue: string;
                /** @description Messages that wait for a person; about as many, as Amazon SQS says */
                waiting: number;
                /** @description The alarm that rings while any wait */
                alarm: string;
                /**
                 * @description The section of the runbook that says what to do
                 * @example docs/runbook.md#a-subscription-was-not-told
                 */
                runbook: string;
            }[];
        };
        /**
         * @example [
         *       {
         *         "key": "orderReady",
         *         "name": "orderReady",
         *         "params": [
         *           {
         *             "name": "orderNumber",
         *             "required": true
         *           }
         *         ]
         *       }
         *     ]
         */
        EventTypes: {
            key: string;
            name: string;
            params: {
                name: string;
                required: boolean;
            }[];
        }[];
        /**
         * @example {
         *       "id": 0,
         *       "failedOrders": [
         *         {
         *           "index": 1,
         *           "externalOrderId": "2026-0002",
         *           "email": "mail@example",
         *           "errors": [
         *             {
         *               "field": "email",
         *               "code": "INVALID_EMAIL",
         *               "message": "'mail@example' is not valid email"
         *             }
         *           ]
         *         }
         *       ]
         *     }
         */
        FailedOrders: {
            /** @constant */
            id: 0;
            failedOrders: components["schemas"]["FailedOrder"][];
        };
        FailedOrder: {
            externalOrderId?: string | number;
            status?: string | number;
            date?: string | number;
            totalCost?: string | number;
            currency?: string | number;
            externalCustomerId?: string | number;
            email?: string | number;
            phone?: string | number;
            firstName?: string | number;
            lastName?: string | number;
            /** @description Its place in the request, from 0 */
            index: number;
            errors: {
                field: string;
                code: string;
                message: string;
            }[];
        };
        StoredOrder: {
            id: number;
            contactId: number;
            externalOrderId: string;
            /** @enum {string} */
            status: "INITIALIZED" | "IN_PROGRESS" | "DELIVERED" | "CANCELLED" | "ABANDONED_SHOPPING_CART";
            /** Format: date-time */
            date: string;
            totalCost: number;
            currency: string;
            externalCustomerId?: string;
            email?: string;
            phone?: string;
            firstName?: string;
            lastName?: string;
            shipping?: number;
            discount?: number;
            taxes?: number;
            restoreUrl?: string;
            statusDescription?: string;
            storeId?: string;
            source?: string;
            deliveryMethod?: string;
            paymentMethod?: string;
            deliveryAddress?: string;
            additionalInfo?: {
                [key: string]: unknown;
            };
            items?: components["schemas"]["OrderItemOutput"][];
            /**
             * Format: date-time
             * @description When it was first sent
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last sent with anything new
             */
            updatedAt: string;
        };
        EventType: {
            key: string;
            validate: boolean;
            params: {
                name: string;
                required: boolean;
            }[];
        };
        /**
         * @example {
         *       "id": 0,
         *       "asyncSessionId": "e76ec64c-4243-4124-a9e7-b50a2a7a6c90"
         *     }
         */
        UploadContactsAnswer: {
            /** @constant */
            id: 0;
            /**
             * Format: uuid
             * @description Asks `GET /api/v1/importstatus/{sessionId}` how it went
             */
            asyncSessionId: string;
        };
        OfferedUpload: {
            /** Format: uuid */
            uploadId: string;
            /**
             * Format: uri
             * @description The file is sent there by PUT, once, without an API key
             */
            url: string;
            /** @description What the PUT must carry, to the letter */
            headers: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description Until when the PUT has to begin
             */
            expiresAt: string;
        };
        /**
         * @example {
         *       "id": 0,
         *       "results": [
         *         {
         *           "id": 0,
         *           "locator": "a@b.c",
         *           "status": "OK",
         *           "requestId": "b4b976cb-464a-492a-bfbb-a677d3413fd8"
         *         },
         *         {
         *           "id": 0,
         *           "locator": "x",
         *           "status": "ERROR",
         *           "requestId": "5a1fcd5a-6e0b-4d43-a97a-5bb3ea1d5e4b",
         *           "message": "'x' is not valid email"
         *         }
         *       ]
         *     }
         */
        SentMessages: {
            /** @constant */
            id: 0;
            results: {
                /** @constant */
                id: 0;
                /** @description The recipient as the request has it */
                locator: string;
                /** @enum {string} */
                status: "OK" | "ERROR";
                /** @description What the status is asked by */
                requestId: string;
                /** @description Why there is an ERROR */
                message?: string;
            }[];
        };
        /**
         * @example {
         *       "results": [
         *         {
         *           "status": "DELIVERED",
         *           "requestId": "b4b976cb-464a-492a-bfbb-a677d3413fd8",
         *           "failed": false,
         *           "delivered": true
         *         }
         *       ]
         *     }
         */
        MessageStatuses: {
            results: {
                /**
                 * @description UNKNOWN: never accepted, or forgotten
                 * @enum {string}
                 */
                status: "QUEUED" | "SENT" | "DELIVERED" | "UNDELIVERED" | "SPAM" | "UNKNOWN";
                requestId: string;
                failed: boolean;
                delivered: boolean;
            }[];
        };
        StoredMessageHead: {
            /** @description What it is sent by */
            id: number;
            name: string;
            /** @enum {string} */
            channel: "email" | "sms";
            tags?: string[];
            /** @description Grows by one with each change */
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        StoredMessage: {
            /** @description What it is sent by */
            id: number;
            name: string;
            /** @enum {string} */
            channel: "email" | "sms";
            tags?: string[];
            /** @description Grows by one with each change */
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            from?: string;
            /** @description Who is answered, if the stage does not send from the address that was asked for */
            replyTo?: string;
            subject?: string;
            html?: string;
            text?: string;
        };
        WorkflowHead: {
            id: string;
            name: string;
            /**
             * @description What happened. Version 2 refuses < > ; ’ \ / | " ` ' ^ ? ! and commas
             * @example cartAbandoned
             */
            eventTypeKey: string;
            /**
             * @description Whether each event launches it, the first of its key only, or one of its key in such a time
             * @default each
             */
            uniqueness: ("each" | "once") | {
                oncePer: components["schemas"]["Duration"];
            };
            enabled: boolean;
            /** @description Grows with each change of the definition; runs keep to theirs */
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        Workflow: {
            id: string;
            name: string;
            /**
             * @description What happened. Version 2 refuses < > ; ’ \ / | " ` ' ^ ? ! and commas
             * @example cartAbandoned
             */
            eventTypeKey: string;
            /**
             * @description Whether each event launches it, the first of its key only, or one of its key in such a time
             * @default each
             */
            uniqueness: ("each" | "once") | {
                oncePer: components["schemas"]["Duration"];
            };
            enabled: boolean;
            /** @description Grows with each change of the definition; runs keep to theirs */
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            steps: ({
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "createContact";
                /** @description The parameter with the JSON about the contact; `contactJson` or `json` where absent */
                json?: string;
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "updateContact";
                /** @description The parameter with the JSON about the contact; `contactJson` or `json` where absent */
                json?: string;
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "updateFields";
                fields: {
                    id: number;
                    /** @enum {string} */
                    operation: "=" | "+" | "-";
                    /** @description With `${name}` in the place of parameters of the event */
                    value: string;
                }[];
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "confirmContact";
                /** @description The name of a static segment, which is made where missing */
                segment?: string;
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "addToSegment";
                /** @description The name of a static segment, which is made where missing */
                segment: string;
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "removeFromSegment";
                /** @description The name of a static segment, which is made where missing */
                segment: string;
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "sendEmail";
                /** @description An address, e.g. `${Email}`; the contact of the run where absent */
                to?: string;
                /** @description In place of the usual name of the sender */
                fromName?: string;
                /** @description A stored message, in place of subject and bodies */
                messageId?: number;
                /** @description With `${name}` where parameters go, and `${contact.firstName}` and the like */
                subject?: string;
                /** @description The same, and `${confirmationLink}`, which confirms the address */
                html?: string;
                /** @description The same */
                text?: string;
                /**
                 * @description Whether it goes to unconfirmed and unsubscribed addresses, too
                 * @default false
                 */
                obligatory: boolean;
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "sendSms";
                /** @description A phone number, e.g. `${Phone}`; the contact of the run where absent */
                to?: string;
                /** @description What it is from; the usual where absent */
                from?: string;
                /** @description With `${name}` where parameters go */
                text: string;
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "callWebhook";
                /** @description https, with `${name}` in its path or query where parameters go */
                url: string;
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "wait";
                for: components["schemas"]["Duration"];
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "waitForEvent";
                /**
                 * @description What happened. Version 2 refuses < > ; ’ \ / | " ` ' ^ ? ! and commas
                 * @example cartAbandoned
                 */
                eventTypeKey: string;
                timeout: components["schemas"]["Duration"];
                /** @default continue */
                onEvent: components["schemas"]["Turn"];
                /** @default end */
                onTimeout: components["schemas"]["Turn"];
            } | {
                /** @description Unique within the workflow; by its place if absent */
                id?: string;
                /** @constant */
                type: "condition";
                /** @constant */
                check: "contactConfirmed";
                /** @default continue */
                onTrue: components["schemas"]["Turn"];
                /** @default end */
                onFalse: components["schemas"]["Turn"];
            })[];
            /** @description Grows with each new secret of its webhooks */
            webhookSecretNumber: number;
            /** @description What its webhooks are signed with, by standardwebhooks.com; for keys that may change it */
            webhookSecret?: string;
            /** @description The secret before, which its webhooks are signed with, too; absent if there is none */
            formerWebhookSecret?: string;
        };
        WorkflowRunHead: {
            runId: string;
            workflowId: string;
            workflowVersion: number;
            /**
             * @description `stopped`: it ended early without a fault
             * @enum {string}
             */
            state: "running" | "waiting" | "done" | "stopped" | "failed";
            contactId?: number;
            eventTypeKey: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** Format: date-time */
            finishedAt?: string;
            /** @description Why it was stopped or failed */
            problem?: {
                /** @enum {string} */
                code: "INVALID_CONTACT_JSON" | "NO_CONTACT" | "NO_IDENTIFIER" | "CONTACT_ERASED" | "CONTACT_NOT_SAVED" | "UNKNOWN_FIELD" | "FIELD_NOT_NUMERIC" | "INVALID_VALUE" | "CATEGORY_LEFT" | "SEGMENT_NOT_STATIC" | "UNKNOWN_MESSAGE" | "MESSAGE_REFUSED" | "INVALID_ADDRESS" | "WEBHOOK_REFUSED" | "WEBHOOK_UNREACHABLE" | "WORKFLOW_DELETED" | "STEP_CRASHED";
                message: string;
            };
        };
        WorkflowRun: {
            runId: string;
            workflowId: string;
            workflowVersion: number;
            /**
             * @description `stopped`: it ended early without a fault
             * @enum {string}
             */
            state: "running" | "waiting" | "done" | "stopped" | "failed";
            contactId?: number;
            eventTypeKey: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** Format: date-time */
            finishedAt?: string;
            /** @description Why it was stopped or failed */
            problem?: {
                /** @enum {string} */
                code: "INVALID_CONTACT_JSON" | "NO_CONTACT" | "NO_IDENTIFIER" | "CONTACT_ERASED" | "CONTACT_NOT_SAVED" | "UNKNOWN_FIELD" | "FIELD_NOT_NUMERIC" | "INVALID_VALUE" | "CATEGORY_LEFT" | "SEGMENT_NOT_STATIC" | "UNKNOWN_MESSAGE" | "MESSAGE_REFUSED" | "INVALID_ADDRESS" | "WEBHOOK_REFUSED" | "WEBHOOK_UNREACHABLE" | "WORKFLOW_DELETED" | "STEP_CRASHED";
                message: string;
            };
            event: {
                eventId: string;
                keyValue?: string;
                params: {
                    [key: string]: unknown;
                };
                /** Format: date-time */
                occurredAt: string;
            };
            steps: {
                id: string;
                type: string;
                /** @enum {string} */
                outcome: "waiting" | "retrying" | "done" | "heard" | "timedOut" | "skipped" | "stopped" | "failed";
                /** Format: date-time */
                startedAt: string;
                /** Format: date-time */
                finishedAt?: string;
                /**
                 * Format: date-time
                 * @description When it resumes, if it waits or is tried again
                 */
                until?: string;
                attempts?: number;
                problem?: {
                    /** @enum {string} */
                    code: "INVALID_CONTACT_JSON" | "NO_CONTACT" | "NO_IDENTIFIER" | "CONTACT_ERASED" | "CONTACT_NOT_SAVED" | "UNKNOWN_FIELD" | "FIELD_NOT_NUMERIC" | "INVALID_VALUE" | "CATEGORY_LEFT" | "SEGMENT_NOT_STATIC" | "UNKNOWN_MESSAGE" | "MESSAGE_REFUSED" | "INVALID_ADDRESS" | "WEBHOOK_REFUSED" | "WEBHOOK_UNREACHABLE" | "WORKFLOW_DELETED" | "STEP_CRASHED";
                    message: string;
                };
                result?: {
                    [key: string]: string | number | boolean;
                };
            }[];
        };
        /**
         * @example {
         *       "result": "Rollcall tracks no sites and sends no web push: nothing is loaded here",
         *       "siteId": "no-site-tracking"
         *     }
         */
        SiteWithoutTracking: {
            result: string;
            /** @description The same for every site */
            siteId: string;
        };
        /**
         * @example {
         *       "script": "<!-- Rollcall tracks no sites and sends no web push: nothing is loaded here -->",
         *       "serviceWorker": "// Rollcall tracks no sites and sends no web push: nothing is loaded here"
         *     }
         */
        SiteWithoutWebPush: {
            /** @description A comment of HTML */
            script: string;
            /** @description A comment of JavaScript */
            serviceWorker: string;
        };
        /**
         * @example {
         *       "token": ""
         *     }
         */
        ContactToken: {
            /** @description Empty if no contact is known */
            token: string;
        };
        /**
         * @example {
         *       "id": 7,
         *       "name": "Order",
         *       "from": "Shop <owner@example.com>",
         *       "subject": "Your order",
         *       "htmlText": "<p>Thank you</p>",
         *       "tags": []
         *     }
         */
        WireMessage: {
            id: number;
            name: string;
            from?: string;
            subject?: string;
            htmlText?: string;
            plainText?: string;
            text?: string;
            tags: string[];
        };
        /**
         * @example {
         *       "id": 7
         *     }
         */
        MessageId: {
            id: number;
        };
        /**
         * @example [
         *       {
         *         "iid": "b4b976cb-464a-492a-bfbb-a677d3413fd8",
         *         "contactId": 95064060,
         *         "email": "mail@example.com",
         *         "mediaType": "email",
         *         "messageId": 7,
         *         "messageName": "Order",
         *         "activityStatus": "DELIVERED",
         *         "activityDateTime": "2026-01-05T09:00:00.000Z",
         *         "offset": "2026-01-05T09:00:00.000Z_b4b976cb-464a-492a-bfbb-a677d3413fd8"
         *       }
         *     ]
         */
        ContactActivities: {
            /** @description The `requestId` of the message */
            iid: string;
            contactId: number;
            externalCustomerId?: string;
            /** @description Of the contact as it is now, if the message is an e-mail */
            email?: string;
            /** @description Of the contact as it is now, if the message is an SMS */
            sms?: string;
            /** @enum {string} */
            mediaType: "email" | "sms";
            /** @description The stored message that it came from */
            messageId?: number;
            messageName?: string;
            /** @enum {string} */
            activityStatus: "SENT" | "DELIVERED" | "UNDELIVERED" | "SPAM";
            /** Format: date-time */
            activityDateTime: string;
            /** @description Why it was not delivered */
            statusDescription?: string;
            /** @description Asks for the rows after this one */
            offset: string;
        }[];
        /**
         * @example [
         *       {
         *         "iid": "b4b976cb-464a-492a-bfbb-a677d3413fd8",
         *         "contactId": 95064060,
         *         "email": "mail@example.com",
         *         "mediaType": "email",
         *         "messageId": 7,
         *         "messageName": "Order",
         *         "activityStatus": "DELIVERED",
         *         "activityDateTime": "2026-01-05T09:00:00.000Z"
         *       }
         *     ]
         */
        ContactMessages: {
            /** @description The `requestId` of the message */
            iid: string;
            contactId: number;
            externalCustomerId?: string;
            /** @description Of the contact as it is now, if the message is an e-mail */
            email?: string;
            /** @description Of the contact as it is now, if the message is an SMS */
            sms?: string;
            /** @enum {string} */
            mediaType: "email" | "sms";
            /** @description The stored message that it came from */
            messageId?: number;
            messageName?: string;
            /** @enum {string} */
            activityStatus: "SENT" | "DELIVERED" | "UNDELIVERED" | "SPAM";
            /** Format: date-time */
            activityDateTime: string;
            /** @description Why it was not delivered */
            statusDescription?: string;
        }[];
        /**
         * @example [
         *       "Shop"
         *     ]
         */
        SmsSenders: string[];
        /**
         * @example {
         *       "subscriptions": [
         *         "newsletter"
         *       ]
         *     }
         */
        ContactSubscriptionsOutput: {
            /** @description Keys of categories; it is in these and in no others */
            subscriptions: string[];
        };
        /**
         * @example {
         *       "externalItemId": "170",
         *       "name": "Cup",
         *       "quantity": 2,
         *       "cost": 11,
         *       "url": "https://shop.example/170"
         *     }
         */
        OrderItemOutput: {
            externalItemId?: string;
            quantity: number;
            name?: string;
            category?: string;
            /** @description Of one piece */
            cost?: number;
            url?: string;
            imageUrl?: string;
            description?: string;
        };
    };
    responses: {
        /** @description The request cannot be processed as it is. Do not send it again unchanged. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The API key is missing, unknown or disabled. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The access level of the API key does not include this operation. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description There is no such thing; the message contains `not found`. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Another request came with this `Idempotency-Key` within a day. */
        KeyReused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Too many requests at once. Try again in a while. */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description An error of ours. Try again in a while. */
        Internal: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    searchContacts: {
        parameters: {
            query?: {
                startindex?: number;
                maxrows?: number;
                orderByTs?: boolean;
                asc?: boolean;
                email?: string;
                sms?: string;
                firstname?: string;
                lastname?: string;
                externalCustomerId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Search contacts */
            200: {
                headers: {
                    /** @description Contacts that were found, on all pages */
                    TotalCount: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    addContacts: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddContacts"] | components["schemas"]["SingleContact"];
            };
        };
        responses: {
            /** @description Add or update contacts in bulk */
            200: {
                headers: {
                    Warning?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddContactsAnswer"] | components["schemas"]["ContactId"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 5,000,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    subscribeContact: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Subscription"];
            };
        };
        responses: {
            /** @description Subscribe a contact */
            200: {
                headers: {
                    Warning?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 256,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    addContact: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SingleContact"];
            };
        };
        responses: {
            /** @description Add or update a contact */
            200: {
                headers: {
                    Warning?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactId"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 600,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    deleteExternalContact: {
        parameters: {
            query: {
                erase?: boolean;
                /** @description Your own id */
                externalCustomerId: string;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a contact by your own id */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    getContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a contact */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    updateContact: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SingleContact"];
            };
        };
        responses: {
            /** @description Update a contact */
            200: {
                headers: {
                    Warning?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The body has more than 600,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    deleteContact: {
        parameters: {
            query?: {
                erase?: boolean;
            };
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a contact */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    getImportStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get the status of an import */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportStatus"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    getContactEmails: {
        parameters: {
            query?: {
                ids?: string[];
                emails?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get the e-mail addresses of contacts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactEmails"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    unsubscribeEmails: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UnsubscribedEmails"];
            };
        };
        responses: {
            /** @description Unsubscribe e-mail addresses */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 1,500,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    unsubscribeEmails2: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UnsubscribedEmails"];
            };
        };
        responses: {
            /** @description Unsubscribe e-mail addresses */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 1,500,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    resubscribeEmails: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UnsubscribedEmails"];
            };
        };
        responses: {
            /** @description Subscribe e-mail addresses again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 1,500,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    resubscribeEmails2: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UnsubscribedEmails"];
            };
        };
        responses: {
            /** @description Subscribe e-mail addresses again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 1,500,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    listGroups: {
        parameters: {
            query?: {
                name?: string;
                startindex?: number;
                maxrows?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List segments */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    listGroupContacts: {
        parameters: {
            query?: {
                startindex?: number;
                maxrows?: number;
                orderByTs?: boolean;
                asc?: boolean;
            };
            header?: never;
            path: {
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the contacts of a segment */
            200: {
                headers: {
                    /** @description Contacts in the segment, on all pages */
                    TotalCount: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    attachContacts: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactNames"];
            };
        };
        responses: {
            /** @description Attach contacts to a static segment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The body has more than 1,500,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    detachContacts: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ContactNames"];
            };
        };
        responses: {
            /** @description Delete contacts from a static segment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The body has more than 1,500,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    listSubscriptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the subscription categories */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscriptions"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    getContactSubscriptions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get the subscriptions of a contact */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactSubscriptionsOutput"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    setContactSubscriptions: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactSubscriptions"];
            };
        };
        responses: {
            /** @description Set the subscriptions of a contact */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The body has more than 256,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    getAddressBooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get the custom fields */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddressBooks"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    getVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get the version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    getVersion2: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get the version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    getAccountInfo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get the account */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountInfo"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    getBalance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get the balance */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Balance"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    listContacts: {
        parameters: {
            query?: {
                search?: string;
                source?: "SUBSCRIPTION" | "IMPORT" | "API" | "I_MESSAGE" | "ORDER" | "CAMPAIGN" | "SITE_AUTOMATED";
                segmentId?: number;
                state?: "active" | "unconfirmed" | "unsubscribed" | "deleted";
                createdFrom?: string;
                createdTo?: string;
                updatedFrom?: string;
                updatedTo?: string;
                order?: "newest" | "id";
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List contacts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AdminContact"][];
                        /** @description Asks for the next page; absent at the end of the list */
                        cursor?: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    describeContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Describe a contact */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminContact"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    editContact: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditContact"];
            };
        };
        responses: {
            /** @description Edit a contact */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EditedContact"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The contact is in another version than the one that was read. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body has more than 600,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    listSegments: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List segments with their sizes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Segment"][];
                        /** @description Asks for the next page; absent at the end of the list */
                        cursor?: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    createSegment: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SegmentName"];
            };
        };
        responses: {
            /** @description Create a segment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Segment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Another segment has the name, whatever the case of its letters. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body has more than 256,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    renameSegment: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SegmentName"];
            };
        };
        responses: {
            /** @description Rename a segment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Segment"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description Another segment has the name, or the segment mirrors a subscription category. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body has more than 256,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    deleteSegment: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a segment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The segment mirrors a subscription category. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    listCategories: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the subscription categories with their segments */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Category"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    defineCategory: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description A subscription category */
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SegmentName"];
            };
        };
        responses: {
            /** @description Define a subscription category */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Category"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description Another segment has the name, whatever the case of its letters. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body has more than 256,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    removeCategory: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description A subscription category */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a subscription category */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                type?: string;
                keyValue?: string;
                contactId?: number;
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ContactEvent"][];
                        /** @description Asks for the next page; absent at the end of the list */
                        cursor?: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    listImports: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List imports */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Import"][];
                        /** @description Asks for the next page; absent at the end of the list */
                        cursor?: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    undoImport: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UndoImport"];
            };
        };
        responses: {
            /** @description Undo an import */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The import is not over yet, or is a dry run. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body has more than 256,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    pauseImport: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Pause an import */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    resumeImport: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Resume an import */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    cancelImport: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cancel an import */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    describeImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Describe an import */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    listImportRows: {
        parameters: {
            query?: {
                outcome?: "created" | "updated" | "unchanged" | "skipped" | "failed" | "warned";
                warnings?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the rows of an import */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ImportRow"][];
                        /** @description Asks for the next page; absent at the end of the list */
                        cursor?: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    downloadImportRows: {
        parameters: {
            query?: {
                outcome?: "created" | "updated" | "unchanged" | "skipped" | "failed" | "warned";
                warnings?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Download the rows of an import */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    listFields: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List custom fields */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Field"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    createField: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateField"];
            };
        };
        responses: {
            /** @description Define a custom field */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Field"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 1,500,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    resendConfirmation: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Send the confirmation message once more */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfirmationSent"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description There is nothing to ask for: the address is confirmed or blacklisted, there is none, or double opt-in is off. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    showConfirmation: {
        parameters: {
            query: {
                /** @description The token of the message */
                t: string;
                form?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the button does, or that the address is confirmed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description After the button: to the page of the stage for confirmed contacts. */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The link was cut off or forged. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The subscription of the link is gone, or goes to another address. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The link has expired. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description An error of ours. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    confirmContact: {
        parameters: {
            query: {
                /** @description The token of the message */
                t: string;
                form?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the button does, or that the address is confirmed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description After the button: to the page of the stage for confirmed contacts. */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The link was cut off or forged. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The subscription of the link is gone, or goes to another address. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The link has expired. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description An error of ours. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    showUnsubscription: {
        parameters: {
            query: {
                /** @description The token of the message */
                t: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the button does, or that the address is unsubscribed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The link was cut off or forged. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description An error of ours. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    unsubscribeByLink: {
        parameters: {
            query: {
                /** @description The token of the message */
                t: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the button does, or that the address is unsubscribed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The link was cut off or forged. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description An error of ours. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    exportContacts: {
        parameters: {
            query?: {
                search?: string;
                source?: "SUBSCRIPTION" | "IMPORT" | "API" | "I_MESSAGE" | "ORDER" | "CAMPAIGN" | "SITE_AUTOMATED";
                segmentId?: number;
                state?: "active" | "unconfirmed" | "unsubscribed" | "deleted";
                createdFrom?: string;
                createdTo?: string;
                updatedFrom?: string;
                updatedTo?: string;
                order?: "newest" | "id";
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Export contacts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    restoreContact: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Restore a deleted contact */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactId"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    listContactMessages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List the messages to a contact */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["SentMessage"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    previewUpload: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PreviewUpload"];
            };
        };
        responses: {
            /** @description Preview a file that was sent */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilePreview"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description No file was sent to its place yet, or another one than was named. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body has more than 256,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    previewMessage: {
        parameters: {
            query?: {
                contactId?: number;
            };
            header?: never;
            path: {
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Preview a stored message */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePreview"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    listKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List API keys */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ApiKey"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateKey"];
            };
        };
        responses: {
            /** @description Make an API key */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedKey"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description A request with this `Idempotency-Key` made the key, which is not answered twice, or is making it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body has more than 256,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The `id` of a key */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoke an API key */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    describeOwnKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Describe the key of this request */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnKey"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    describeOverview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Describe the stage at a glance */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    describeSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read the settings in force */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    showConsole: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page, or a file of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description There is no such file; it may be of a version before this one. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    showConsole2: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A screen or a file */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page, or a file of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description There is no such file; it may be of a version before this one. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getEventTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get the types of events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventTypes"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    generateEvent: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Event"];
            };
        };
        responses: {
            /** @description Generate an event */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 20,480 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    generateEvent2: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Event"];
            };
        };
        responses: {
            /** @description Generate an event */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 20,480 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    addPastEvents: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PastEvents"];
            };
        };
        responses: {
            /** @description Tell of past events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 5,000,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    deletePastEvents: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PastEventsRange"];
            };
        };
        responses: {
            /** @description Delete past events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 256,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    addPastEvents2: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PastEvents"];
            };
        };
        responses: {
            /** @description Tell of past events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 5,000,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    deletePastEvents2: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PastEventsRange"];
            };
        };
        responses: {
            /** @description Delete past events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 256,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    addOrders: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Orders"];
            };
        };
        responses: {
            /** @description Add or update orders */
            200: {
                headers: {
                    Warning?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailedOrders"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 5,000,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    listOrders: {
        parameters: {
            query?: {
                contactId?: number;
                externalOrderId?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List orders */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["StoredOrder"][];
                        /** @description Asks for the next page; absent at the end of the list */
                        cursor?: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    listEventTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List types of events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["EventType"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    defineEventType: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description What happened. Version 2 refuses < > ; ’ \ / | " ` ' ^ ? ! and commas */
                eventTypeKey: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventTypeInput"];
            };
        };
        responses: {
            /** @description Define a type of event */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventType"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The body has more than 256,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    removeEventType: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description What happened. Version 2 refuses < > ; ’ \ / | " ` ' ^ ? ! and commas */
                eventTypeKey: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove the definition of a type of event */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    uploadContacts: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UploadContacts"];
            };
        };
        responses: {
            /** @description Add or update contacts from an external file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadContactsAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 256,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    createUpload: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateUpload"];
            };
        };
        responses: {
            /** @description Offer a place for a file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OfferedUpload"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 256,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    importUpload: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ImportUpload"];
            };
        };
        responses: {
            /** @description Import a file that was sent */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadContactsAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description No file was sent to its place yet, or another one than was named. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body has more than 256,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    sendEmail: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmailMessage"];
            };
        };
        responses: {
            /** @description Send an e-mail */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessages"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 2,500,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    sendSms: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SmsMessage"];
            };
        };
        responses: {
            /** @description Send an SMS */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessages"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The body has more than 256,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    sendStoredMessage: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendMessage"];
            };
        };
        responses: {
            /** @description Send a stored message */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessages"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The body has more than 1,500,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    smartSend: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SmartSend"];
            };
        };
        responses: {
            /** @description Send a stored message with parameters for each recipient */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessages"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The body has more than 5,000,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    getMessageStatus: {
        parameters: {
            query: {
                /** @description At most 250 values of `requestId`, separated by commas or in repeated parameters */
                ids: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get the status of messages */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageStatuses"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    getMessageStatus2: {
        parameters: {
            query: {
                /** @description At most 250 values of `requestId`, separated by commas or in repeated parameters */
                ids: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get the status of messages */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageStatuses"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    getMessageStatus3: {
        parameters: {
            query: {
                /** @description At most 250 values of `requestId`, separated by commas or in repeated parameters */
                ids: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get the status of messages */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageStatuses"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    listMessages: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List stored messages */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["StoredMessageHead"][];
                        /** @description Asks for the next page; absent at the end of the list */
                        cursor?: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    createMessage: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StoredMessageRequest"];
            };
        };
        responses: {
            /** @description Create a stored message */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredMessage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 2,500,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    describeMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Describe a stored message */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredMessage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    replaceMessage: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StoredMessageRequest"];
            };
        };
        responses: {
            /** @description Replace a stored message */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoredMessage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The body has more than 2,500,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    deleteMessage: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a stored message */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    listWorkflows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List workflows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WorkflowHead"][];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    describeWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An id of your choice */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read a workflow */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    saveWorkflow: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description An id of your choice */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkflowInput"];
            };
        };
        responses: {
            /** @description Store a workflow */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The workflow is in another version than the one that was sent. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body has more than 1,500,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    deleteWorkflow: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description An id of your choice */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delete a workflow */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    listWorkflowRuns: {
        parameters: {
            query?: {
                workflowId?: string;
                contactId?: number;
                state?: "running" | "waiting" | "done" | "stopped" | "failed";
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List runs of workflows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WorkflowRunHead"][];
                        /** @description Asks for the next page; absent at the end of the list */
                        cursor?: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    describeWorkflowRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Read a run of a workflow */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowRun"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    addSiteDomain: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SiteDomain"];
            };
        };
        responses: {
            /** @description Tell of the domain of a site */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SiteWithoutTracking"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 256,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    addSiteDomain2: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SiteDomain"];
            };
        };
        responses: {
            /** @description Tell of the domain of a site */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SiteWithoutTracking"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 256,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    addSiteDomain3: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SiteDomain"];
            };
        };
        responses: {
            /** @description Tell of the domain of a site */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SiteWithoutTracking"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 256,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    getSiteScript: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get the tracking script of a site */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    getWebPushScript: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get the web push script of a site */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SiteWithoutWebPush"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    getContactToken: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactTokenRequest"];
            };
        };
        responses: {
            /** @description Get the token of a contact */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactToken"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The body has more than 256,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    searchStoredMessages: {
        parameters: {
            query?: {
                search?: string;
                startindex?: number;
                maxrows?: number;
            };
            header?: never;
            path: {
                channel: "email" | "sms";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Search stored messages */
            200: {
                headers: {
                    /** @description Messages that were found, on all pages */
                    TotalCount: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WireMessage"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    addStoredMessage: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                channel: "email" | "sms";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WireMessageInput"];
            };
        };
        responses: {
            /** @description Add a stored message */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageId"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The body has more than 2,500,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    getStoredMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channel: "email" | "sms";
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Get a stored message */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WireMessage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    updateStoredMessage: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                channel: "email" | "sms";
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WireMessageChanges"];
            };
        };
        responses: {
            /** @description Update a stored message */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageId"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** @description The body has more than 2,500,000 bytes. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    removeStoredMessage: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                channel: "email" | "sms";
                /** @description An id */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Remove a stored message */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageId"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["KeyReused"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    listContactActivity: {
        parameters: {
            query?: {
                dateFrom?: string;
                dateTo?: string;
                maxrows?: number;
                offset?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List what became of messages */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactActivities"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    listContactActivity2: {
        parameters: {
            query?: {
                dateFrom?: string;
                dateTo?: string;
                maxrows?: number;
                offset?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List what became of messages */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactActivities"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    getContactMessages: {
        parameters: {
            query?: {
                contactId?: string;
                externalCustomerId?: string;
                email?: string;
                phone?: string;
                sms?: string;
                dateFrom?: string;
                dateTo?: string;
                startindex?: number;
                maxrows?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List what became of the messages to a contact */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactMessages"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
    listSmsSenders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description List what SMS are sent from */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SmsSenders"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
        };
    };
}
