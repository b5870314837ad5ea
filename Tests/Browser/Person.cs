using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WebChat.Tests.Browser;

/// <summary>A user of the page in a separate browser window.</summary>
internal sealed class Person
{
    private const float Patience = 60_000;

    // Keeps the page's peer connections within reach, to check the received sound.
    private const string Overhear = """
        globalThis.peers = [];
        globalThis.RTCPeerConnection = class extends RTCPeerConnection {
          constructor(...rest) {
            super(...rest);
            peers.push(this);
          }
        };
        """;

    private readonly IPage _page;

    private Person(IPage page) => _page = page;

    /// <summary>One locator for all messages of the room.</summary>
    public ILocator Messages => At("message");

    /// <summary>The partner's typing notice.</summary>
    public ILocator Typing => At("typing");

    /// <summary>The partner's presence.</summary>
    public ILocator PartnerState => At("partner-state");

    /// <summary>The link from an ended conversation to the next search.</summary>
    public ILocator SearchAgain => At("search-again");

    /// <summary>The user's own picture, in the profile.</summary>
    public ILocator OwnPicture => At("avatar-own");

    /// <summary>The visible part of the partner's picture.</summary>
    public ILocator PartnerPicture => At("partner-picture");

    /// <summary>The partner's picture, enlarged.</summary>
    public ILocator Viewer => At("viewer");

    /// <summary>All items of the room.</summary>
    public ILocator Room => At("room-messages");

    /// <summary>The blocked users, in the settings.</summary>
    public ILocator Blocks => At("block");

    /// <summary>The page's notices.</summary>
    public ILocator Notice => At("notice").Last;

    /// <summary>The errors of the browser and the page.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Opens the page in a new window that shares nothing with other windows.</summary>
    public static async Task<Person> ArriveAsync(IBrowser browser, Uri address) => await ArriveAsync(await browser.NewContextAsync(), address);

    /// <summary>Opens the page in this window.</summary>
    public static async Task<Person> ArriveAsync(IBrowserContext window, Uri address)
    {
        window.SetDefaultTimeout(Patience);
        var person = new Person(await window.NewPageAsync());
        person._page.PageError += (_, error) => person.Complaints.Add(error);
        await person._page.AddInitScriptAsync(Overhear);
        await person._page.GotoAsync(address.ToString());
        return person;
    }

    /// <summary>The missing parts of the profile for a search.</summary>
    public ILocator Missing => At("profile-missing");

    /// <summary>Signs up, which leads to an empty profile.</summary>
    public async Task SignUpAsync(string username, string nickname)
    {
        await At("signup-nickname").FillAsync(nickname);
        await At("signup-username").FillAsync(username);
        await At("signup-password").FillAsync("correct horse battery");
        await At("signup-submit").ClickAsync();
    }

    /// <summary>Fills in all fields of the profile, and saves it.</summary>
    public async Task FillProfileAsync(string birthDate, string gender, int ageMin, int ageMax, string need, string interest, string language, string bio)
    {
        await At("profile-birth-date").FillAsync(birthDate);
        await Choose("profile-gender", gender);
        await At("profile-next").ClickAsync();
        await At("profile-age-min").FillAsync($"{ageMin}");
        await At("profile-age-max").FillAsync($"{ageMax}");
        await Choose("profile-needs", need);
        await Choose("profile-languages", language);
        await At("profile-next").ClickAsync();
        await At("profile-interests-filter").FillAsync(interest);
        await Choose("profile-interests", interest);
        await At("profile-next").ClickAsync();
        await At("profile-bio").FillAsync(bio);
        await At("profile-save").ClickAsync();
        await Expect(SearchState).ToBeVisibleAsync();
    }

    /// <summary>Reloads the page and waits until the profile shows the saved values.</summary>
    public async Task SeesProfileAsync(string birthDate, string bio, params string[] chosen)
    {
        await GoAsync("profile");
        await _page.ReloadAsync();
        await Expect(At("profile-birth-date")).ToHaveValueAsync(birthDate);
        await Expect(At("profile-bio")).ToHaveValueAsync(bio);
        foreach (var value in chosen)
            await Expect(_page.Locator($"input[value={value}]:checked")).ToHaveCountAsync(1);
    }

    /// <summary>The state of the search.</summary>
    public ILocator SearchState => At("search-state");

    /// <summary>Opens the page of the search.</summary>
    public Task GoToSearchAsync() => GoAsync("");

    /// <summary>Opens a page by its address.</summary>
    public Task GoAsync(string route) => _page.EvaluateAsync("route => { location.hash = `#/${route}`; }", route);

    /// <summary>Signs up and fills in the profile for a search.</summary>
    public async Task SignUpAsync(string username, string nickname, string gender, params string[] preferredGenders)
    {
        await SignUpAsync(username, nickname);
        await At("profile-birth-date").FillAsync("1990-01-02");
        await Choose("profile-gender", gender);
        await At("profile-step-wishes").ClickAsync();
        foreach (var preferred in preferredGenders)
            await Choose("profile-preferred", preferred);
        await At("profile-save").ClickAsync();
        await Expect(At("connection-state")).ToHaveAttributeAsync("data-state", "live", new() { Timeout = Patience });
    }

    /// <summary>Opens the profile.</summary>
    public Task OpenProfileAsync() => At("nav-profile").ClickAsync();

    /// <summary>Opens the step of the profile with the picture.</summary>
    public async Task OpenPortraitAsync()
    {
        await OpenProfileAsync();
        await At("profile-step-portrait").ClickAsync();
    }

    /// <summary>Opens the settings, with the account and the blocked users.</summary>
    public Task OpenSettingsAsync() => At("nav-settings").ClickAsync();

    /// <summary>Chooses a file as the picture.</summary>
    public async Task ChoosePictureAsync(byte[] content)
    {
        await Expect(At("avatar-file")).ToBeEnabledAsync();
        await At("avatar-file").SetInputFilesAsync(new FilePayload { Name = "picture", MimeType = "application/octet-stream", Buffer = content });
    }

    /// <summary>Removes the picture.</summary>
    public Task RemovePictureAsync() => At("avatar-remove").ClickAsync();

    /// <summary>Answers the room's next prompt with yes, over a separate connection.</summary>
    public Task LikesAsync() => _page.EvaluateAsync("""
        () => new Promise(resolve => {
          const { accessToken } = JSON.parse(localStorage.getItem('webchat.credentials'));
          const socket = new WebSocket(location.origin.replace(/^http/, 'ws') + '/ws', 'webchat.v1.json');
          const send = frame => socket.send(JSON.stringify(frame));
          const answer = (roomId, { promptId }) => send({ id: 'answer', answer: { roomId, promptId, yes: true } });
          socket.onopen = () => send({ id: 'hello', hello: { accessToken } });
          socket.onmessage = ({ data }) => {
            const { replyTo, welcome, event } = JSON.parse(data);
            const [room] = welcome?.rooms ?? [];
            if (room?.prompt) answer(room.roomId, room.prompt);
            if (event?.promptOpened) answer(event.roomId, event.promptOpened);
            if (replyTo === 'answer') {
              socket.close();
              resolve();
            }
          };
        })
        """);

    /// <summary>Opens the page of the search and starts one.</summary>
    public async Task StartSearchAsync()
    {
        await At("nav-search").ClickAsync();
        await SearchAsync();
    }

    /// <summary>Starts a search.</summary>
    public Task SearchAsync() => At("search-start").ClickAsync();

    /// <summary>Starts a search for a voice call.</summary>
    public Task SearchToTalkAsync() => At("search-voice").ClickAsync();

    /// <summary>The state and the buttons of a call.</summary>
    public ILocator CallBar => At("call-bar");

    /// <summary>The room's items that are not messages.</summary>
    public ILocator Lines => At("system");

    /// <summary>Presses a button of a call; without a name, the room's button to call.</summary>
    public Task CallAsync(string button) => At(button.Length == 0 ? "call" : $"call-{button}").ClickAsync();

    /// <summary>Waits until new sound arrives over the current connection and the page plays it.</summary>
    public async Task HearsAsync()
    {
        await Expect(CallBar).ToHaveAttributeAsync("data-state", "talking", new() { Timeout = Patience });
        await _page.WaitForFunctionAsync("""
            async () => {
              const packets = async () => [...(await peers.at(-1).getStats()).values()].find(one => one.type === 'inbound-rtp')?.packetsReceived ?? 0;
              globalThis.heard ??= await packets();
              return await packets() > heard && !document.querySelector('[data-testid=call-voice]').paused;
            }
            """);
        await _page.EvaluateAsync("() => { globalThis.heard = undefined; }");
    }

    /// <summary>Makes the browser deny the microphone from now on.</summary>
    public Task HasNoMicrophoneAsync() =>
        _page.EvaluateAsync("() => { MediaDevices.prototype.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError')); }");

    /// <summary>Makes the browser delay the microphone from now on.</summary>
    public Task HoldMicrophoneAsync() => _page.EvaluateAsync("""
        () => {
          const open = MediaDevices.prototype.getUserMedia;
          const released = new Promise(resolve => { globalThis.releaseMicrophone = resolve; });
          MediaDevices.prototype.getUserMedia = async function(...wishes) {
            await released;
            return open.apply(this, wishes);
          };
        }
        """);

    /// <summary>Lets the browser open the microphone.</summary>
    public Task ReleaseMicrophoneAsync() => _page.EvaluateAsync("() => releaseMicrophone()");

    /// <summary>Waits until the search has led to a room with this user.</summary>
    public Task MeetsAsync(string nickname) => Expect(At("room-title")).ToHaveTextAsync(nickname, new() { Timeout = Patience });

    /// <summary>Types a message without sending it.</summary>
    public Task TypeAsync(string text) => At("composer-input").PressSequentiallyAsync(text);

    /// <summary>Writes messages and sends each of them.</summary>
    public async Task SayAsync(params string[] texts)
    {
        foreach (var text in texts)
        {
            await At("composer-input").FillAsync(text);
            await At("composer-send").ClickAsync();
        }
    }

    /// <summary>Waits until the room shows exactly these messages, in this order.</summary>
    public Task SeesAsync(params string[] texts) => Expect(At("message-text")).ToHaveTextAsync(texts, new() { Timeout = Patience });

    /// <summary>Waits until all of the user's messages are acknowledged.</summary>
    public Task HasNothingPendingAsync() => Expect(_page.Locator("[data-testid=message]:not([data-state=sent])")).ToHaveCountAsync(0, new() { Timeout = Patience });

    /// <summary>Waits until the page has noticed the lost connection.</summary>
    public Task IsCutOffAsync() => Expect(At("connection-state")).Not.ToHaveAttributeAsync("data-state", "live", new() { Timeout = Patience });

    /// <summary>Waits until the page is connected again.</summary>
    public Task IsConnectedAsync() => Expect(At("connection-state")).ToHaveAttributeAsync("data-state", "live", new() { Timeout = Patience });

    /// <summary>Ends the conversation.</summary>
    public async Task EndAsync()
    {
        await OpenMenuAsync("room-leave");
        await At("confirm-yes").ClickAsync();
    }

    /// <summary>Ends the conversation and searches again, in one step.</summary>
    public async Task NextAsync()
    {
        await At("room-next").ClickAsync();
        await At("confirm-yes").ClickAsync();
    }

    /// <summary>One locator for the delivery states of the user's messages.</summary>
    public ILocator Deliveries => _page.Locator("[data-testid=message][data-side=own] .delivery");

    /// <summary>The room's title.</summary>
    public ILocator RoomTitle => At("room-title");

    /// <summary>The button of the page of open rooms that opens another.</summary>
    public ILocator GroupsPage => At("group-create");

    /// <summary>The list of open rooms.</summary>
    public ILocator OpenRooms => At("groups");

    /// <summary>The dialog with the members and the owner's actions.</summary>
    public ILocator People => At("people");

    /// <summary>The other members in that dialog.</summary>
    public ILocator Fellows => At("fellow");

    /// <summary>Opens a group room, which leads into it.</summary>
    public async Task OpenRoomAsync(string name)
    {
        await At("nav-groups").ClickAsync();
        await At("group-name").FillAsync(name);
        await At("group-create").ClickAsync();
        await Expect(RoomTitle).ToHaveTextAsync(name);
    }

    /// <summary>Joins an open room.</summary>
    public async Task JoinRoomAsync(string name)
    {
        await At("nav-groups").ClickAsync();
        await At("group").Filter(new() { HasText = name }).GetByTestId("group-join").ClickAsync();
        await Expect(RoomTitle).ToHaveTextAsync(name);
    }

    /// <summary>The button that opens the partner's profile.</summary>
    public ILocator About => At("about");

    /// <summary>The partner's interests, if revealed.</summary>
    public ILocator PartnerInterests => At("partner-interests");

    /// <summary>The partner's bio, if revealed.</summary>
    public ILocator PartnerBio => At("partner-bio");

    /// <summary>The partner's profile, as a dialog.</summary>
    public ILocator AboutDialog => At("about-dialog");

    /// <summary>The revealed profile in the conversation.</summary>
    public ILocator Reveal => At("reveal");

    /// <summary>Opens the dialog with the members.</summary>
    public Task LookAtPeopleAsync() => OpenMenuAsync("room-people");

    /// <summary>Renames the room, in the dialog.</summary>
    public async Task RenameRoomAsync(string name)
    {
        await At("group-rename").FillAsync(name);
        await At("group-rename-save").ClickAsync();
        await Expect(RoomTitle).ToHaveTextAsync(name);
    }

    /// <summary>Removes a member from the room, in the dialog.</summary>
    public async Task RemoveMemberAsync(string nickname)
    {
        await _page.GetByRole(AriaRole.Button, new() { Name = $"Remove {nickname}" }).ClickAsync();
        await At("confirm-yes").ClickAsync();
    }

    /// <summary>Ends the room for all members, in the dialog.</summary>
    public async Task CloseRoomAsync()
    {
        await At("group-close").ClickAsync();
        await At("confirm-yes").ClickAsync();
    }

    /// <summary>The user's logins, in the settings.</summary>
    public ILocator Sessions => At("session");

    /// <summary>Logs in again, in a window without a login.</summary>
    public async Task LogInAsync(string username, string password)
    {
        await At("show-login").ClickAsync();
        await At("login-username").FillAsync(username);
        await At("login-password").FillAsync(password);
        await At("login-submit").ClickAsync();
    }

    /// <summary>The page without a login.</summary>
    public ILocator Landing => At("show-login");

    /// <summary>Changes the password in the settings.</summary>
    public async Task ChangePasswordAsync(string old, string next)
    {
        await At("old-password").FillAsync(old);
        await At("new-password").FillAsync(next);
        await At("change-password").ClickAsync();
    }

    /// <summary>Downloads the data export and returns its content.</summary>
    public async Task<string> TakeDataAsync()
    {
        var download = await _page.RunAndWaitForDownloadAsync(() => At("export").ClickAsync());
        Assert.Equal("webchat.json", download.SuggestedFilename);
        return await File.ReadAllTextAsync(await download.PathAsync());
    }

    /// <summary>Deletes the account in the settings.</summary>
    public async Task DeleteAccountAsync(string password)
    {
        await At("delete-password").FillAsync(password);
        await At("delete-account").ClickAsync();
        await At("confirm-yes").ClickAsync();
    }

    /// <summary>Goes back to the last page.</summary>
    public Task GoBackAsync() => _page.GoBackAsync();

    /// <summary>Blocks the partner.</summary>
    public async Task BlockAsync()
    {
        await OpenMenuAsync("room-block");
        await At("confirm-yes").ClickAsync();
    }

    /// <summary>Reports the partner.</summary>
    public async Task ReportAsync(string reason, string comment)
    {
        await OpenMenuAsync("room-report");
        await Choose("report-reason", reason);
        await At("report-comment").FillAsync(comment);
        await At("report-submit").ClickAsync();
    }

    /// <summary>The open reports, for an admin.</summary>
    public ILocator Reports => At("admin-report");

    /// <summary>The evidence of the open report.</summary>
    public ILocator Evidence => At("admin-evidence");

    /// <summary>The bans, for an admin.</summary>
    public ILocator Bans => At("admin-ban");

    /// <summary>Logs in to an existing account.</summary>
    public async Task LogInAsync(string username)
    {
        await _page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).First.ClickAsync();
        await At("login-username").FillAsync(username);
        await At("login-password").FillAsync("correct horse battery");
        await At("login-submit").ClickAsync();
    }

    /// <summary>Opens the page for admins.</summary>
    public Task OpenModerationAsync() => At("nav-admin").ClickAsync();

    /// <summary>Opens the only report.</summary>
    public Task LookAsync() => At("admin-look").ClickAsync();

    /// <summary>Bans the reported user.</summary>
    public async Task BanAsync(int days)
    {
        await Choose("admin-ban-days", $"{days}");
        await At("admin-ban-submit").ClickAsync();
    }

    /// <summary>Lifts the only ban.</summary>
    public Task UnbanAsync() => At("admin-unban").ClickAsync();

    /// <summary>Removes a block, in the settings.</summary>
    public Task UnblockAsync(string nickname) => _page.GetByRole(AriaRole.Button, new() { Name = $"Unblock {nickname}" }).ClickAsync();

    /// <summary>Reloads the page.</summary>
    public Task ReloadAsync() => _page.ReloadAsync();

    /// <summary>The page of a banned user.</summary>
    public ILocator Banned => At("banned");

    /// <summary>The browser's page, for what is not an action of a user.</summary>
    public IPage Page => _page;

    /// <summary>An element of the page.</summary>
    public ILocator At(string testId) => _page.GetByTestId(testId);

    private async Task OpenMenuAsync(string item)
    {
        await At("room-menu").ClickAsync();
        await At(item).ClickAsync();
    }

    private Task Choose(string testId, string value) => At(testId).Locator($"input[value='{value}']").CheckAsync();
}
