using System.Text.RegularExpressions;
using WebChat.Tests.Requires;
using static Microsoft.Playwright.Assertions;

namespace WebChat.Tests.Browser;

public sealed class PageInTheBrowserTests : InTheBrowser
{
    [ChromiumFact]
    public async Task The_page_is_small_and_opens_and_queues_messages_without_a_network()
    {
        var ann = await Person.ArriveAsync(Browser, Edge.Web);
        var sizes = await ann.Page.EvaluateAsync<int[]>("""
            async () => {
              const paint = await new Promise(resolve => new PerformanceObserver(list => list.getEntriesByName('first-contentful-paint').forEach(resolve))
                .observe({ type: 'paint', buffered: true }));
              return ['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind))
                .filter(one => one.startTime < paint.startTime).map(one => one.transferSize);
            }
            """);
        Assert.InRange(sizes.Length, 3, 10);
        Assert.InRange(sizes.Sum(), 10_000, 100_000);

        var (_, bob) = await MeetAsync(ann);
        await ann.Page.EvaluateAsync("() => navigator.serviceWorker.ready");

        await ann.Page.Context.SetOfflineAsync(true);
        await Expect(ann.At("connection-state")).ToHaveTextAsync("No network", new() { Timeout = 2_000 });
        await ann.SayAsync("Are you there?");
        await Expect(ann.Deliveries).ToHaveAttributeAsync("aria-label", "Waiting to be sent");
        Assert.True(await ann.Deliveries.Locator("use").EvaluateAsync<bool>("use => use.getBoundingClientRect().width > 5"));
        await ann.TypeAsync("A draft");
        await ann.ReloadAsync();
        await Expect(ann.At("brand")).ToBeVisibleAsync();
        await Expect(ann.At("connection-state")).ToHaveTextAsync("No network");

        await ann.Page.Context.SetOfflineAsync(false);
        await bob.SeesAsync("Are you there?");
        await Expect(ann.At("composer-input")).ToHaveValueAsync("A draft");
        Assert.Empty(ann.Complaints);
    }

    [ChromiumFact]
    public async Task A_conversation_is_led_with_the_keyboard()
    {
        var ann = await Person.ArriveAsync(Browser, Edge.Web);
        var bob = await Person.ArriveAsync(Browser, Edge.Web);
        await ann.SignUpAsync("ann", "Ann", "FEMALE");
        await bob.SignUpAsync("bob", "Bob", "MALE");
        await Expect(ann.Page).ToHaveTitleAsync("Meet · WebChat");
        await Expect(ann.At("search-for")).ToHaveTextAsync("anyone, of any age");

        // Pressing the button leaves the focus on the one that takes its place.
        await ann.At("search-start").PressAsync("Enter");
        await Expect(ann.At("search-cancel")).ToBeFocusedAsync();
        await bob.SearchAsync();
        await ann.MeetsAsync("Bob");
        await Expect(ann.Page).ToHaveTitleAsync("Bob · WebChat");
        await ann.SayAsync("First line", "Second line");
        await bob.SayAsync("Xin chào!");
        await ann.SeesAsync("First line", "Second line", "Xin chào!");

        var input = ann.At("composer-input");
        await input.PressAsync("ArrowUp");
        await Expect(input).ToHaveValueAsync("Second line");
        await input.FillAsync("Third line");
        await input.PressAsync("Enter");
        await bob.SeesAsync("First line", "Third line", "Xin chào!");

        await ann.At("composer-emoji").ClickAsync();
        await ann.At("emoji-search").FillAsync("pizza");
        await ann.At("emoji-search").PressAsync("Enter");
        await Expect(input).ToHaveValueAsync("🍕");
        await input.PressAsync("Enter");
        await Expect(bob.Messages.Last).ToHaveAttributeAsync("data-large", "true");

        await input.PressAsync("Alt+s");
        await ann.At("find-input").FillAsync("xin chao");
        await Expect(ann.At("find-count")).ToHaveTextAsync("1 of 1");
        await Expect(ann.Page.Locator(".pointed")).ToContainTextAsync("Xin chào!");
        await ann.At("find-input").FillAsync("line");
        await Expect(ann.At("find-count")).ToHaveTextAsync("1 of 2");
        await ann.At("find-input").PressAsync("Enter");
        await Expect(ann.Page.Locator(".pointed")).ToContainTextAsync("First line");
        await ann.At("find-input").PressAsync("Escape");
        await Expect(input).ToBeFocusedAsync();

        await ann.At("nav-groups").ClickAsync();
        await bob.SayAsync("Where are you?");
        await Expect(ann.Page).ToHaveTitleAsync("(1) Open rooms · WebChat");
        await Expect(ann.At("room-preview")).ToHaveTextAsync("Where are you?");
        await ann.Page.Keyboard.PressAsync("Alt+ArrowDown");
        await ann.MeetsAsync("Bob");
        await input.PressAsync("Alt+n");
        await ann.At("confirm-yes").PressAsync("Enter");
        await Expect(ann.SearchState).ToHaveAttributeAsync("data-state", "waiting");
        await Expect(bob.SearchAgain).ToBeVisibleAsync();
        await ann.At("skip").PressAsync("Enter");
        await Expect(ann.SearchState).ToBeFocusedAsync();
        await ann.Page.Keyboard.PressAsync("?");
        await Expect(ann.At("shortcuts")).ToBeVisibleAsync();
        Assert.Empty(ann.Complaints);
        Assert.Empty(bob.Complaints);
    }

    [ChromiumFact]
    public async Task Errors_stand_at_their_field_and_the_page_changes_its_language_and_theme()
    {
        var ann = await Person.ArriveAsync(Browser, Edge.Web);
        await ann.SignUpAsync("taken", "Ann");
        await ann.At("profile-nickname").FillAsync(string.Concat(Enumerable.Repeat("🎉", 31)));
        await ann.At("profile-save").ClickAsync();
        await Expect(ann.Page.Locator("[data-testid=profile-nickname] + .field-error")).ToHaveTextAsync("1 character too many.");
        await Expect(ann.At("profile-nickname")).ToBeFocusedAsync();
        await ann.At("profile-nickname").FillAsync(string.Concat(Enumerable.Repeat("🎉", 30)));
        await Expect(ann.At("profile-nickname")).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await ann.At("profile-save").ClickAsync();
        await Expect(ann.SearchState).ToBeVisibleAsync();

        await ann.OpenSettingsAsync();
        await ann.DeleteAccountAsync("wrong password");
        await Expect(ann.Page.Locator("[data-testid=delete-password] + .field-error")).ToHaveTextAsync("That password is wrong.");
        await ann.At("theme").Locator("input[value=dark]").CheckAsync();
        await Expect(ann.Page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(20, 19, 28)");
        await ann.At("language").Locator("input[value=vi]").CheckAsync();
        await Expect(ann.Page.Locator("h1")).ToHaveTextAsync("Cài đặt");
        await Expect(ann.Page.Locator("html")).ToHaveAttributeAsync("lang", "vi");
        await ann.At("log-out").ClickAsync();
        await ann.Landing.ClickAsync();
        await ann.At("show-signup").ClickAsync();
        await ann.SignUpAsync("taken", "Ann");
        await Expect(ann.Page.Locator("[data-testid=signup-username] + .field-error")).ToHaveTextAsync(new Regex("đã có người dùng"));
        Assert.Empty(ann.Complaints);
    }

    [ChromiumFact]
    public async Task A_finger_answers_with_a_swipe_and_opens_the_actions_with_a_long_press()
    {
        await using var phone = await Browser.NewContextAsync(Library.Devices["Pixel 7"]);
        var (ann, bob) = await MeetAsync(await Person.ArriveAsync(phone, Edge.Web));
        await bob.SayAsync("Hello!");
        await ann.SeesAsync("Hello!");

        var devTools = await phone.NewCDPSessionAsync(ann.Page);
        async Task TouchAsync(string type, float x, float y = 0) => await devTools.SendAsync("Input.dispatchTouchEvent", new()
        {
            ["type"] = type,
            ["touchPoints"] = type == "touchEnd" ? Array.Empty<object>() : new[] { new { x, y } },
        });
        var bubble = (await ann.Messages.Locator(".bubble").BoundingBoxAsync())!;
        await TouchAsync("touchStart", bubble.X + 20, bubble.Y + 10);
        await Expect(ann.At("message-reply")).ToBeVisibleAsync();
        await TouchAsync("touchEnd", 0);
        await Expect(ann.At("message-reply")).ToBeVisibleAsync();
        await ann.Page.Keyboard.PressAsync("Escape");

        await TouchAsync("touchStart", bubble.X + 80, bubble.Y + 10);
        foreach (var x in new[] { 60, 40, 10 })
            await TouchAsync("touchMove", bubble.X + x, bubble.Y + 10);
        await TouchAsync("touchEnd", 0);
        await Expect(ann.At("composer-about")).ToContainTextAsync("Reply to Bob");
        Assert.Empty(ann.Complaints);
    }
}
