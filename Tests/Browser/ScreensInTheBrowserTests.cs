using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using WebChat.Tests.Edge;
using WebChat.Tests.Requires;
using static Microsoft.Playwright.Assertions;

namespace WebChat.Tests.Browser;

/// <summary>
/// Visits every screen in both themes. With the environment variable <c>WEBCHAT_SCREENSHOTS</c> it also takes the pictures in
/// <c>docs/img</c>.
/// </summary>
public sealed class ScreensInTheBrowserTests
{
    private static readonly int[] Widths = [320, 375, 768, 1280];
    private static readonly int[] PictureWidths = [375, 1280];
    // The nodes that pass are not wanted: they would cross the browser's connection with their markup.
    private static readonly AxeRunOptions AllRules = new() { ResultTypes = [ResultType.Violations] };
    private static readonly AxeRunOptions OnlyContrast = new() { ResultTypes = [ResultType.Violations], RunOnly = new() { Type = "rule", Values = ["color-contrast"] } };

    // Controls that are cut off at the side, and not within a box that scrolls.
    private const string CutOff = """
        () => [...document.querySelectorAll('button, a, input, textarea, h1')].filter(one => {
          const { left, right, width } = one.getBoundingClientRect();
          return width > 1 && one.checkVisibility() && !one.closest('.steps') && (left < 0 || right > innerWidth);
        }).map(one => one.outerHTML.slice(0, 120))
        """;

    private readonly List<string> _findings = [];

    [ChromiumFact]
    public async Task Every_screen_is_accessible_and_fits_in_both_themes()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Programs.Chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        await using var edge = await EdgeProcess.StartAsync();
        var (ann, bob) = (await Person.ArriveAsync(browser, edge.Web), await Person.ArriveAsync(browser, edge.Web));
        await ann.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });

        await LookAsync(ann, "sign-up");
        await ann.At("signup-submit").ClickAsync();
        await Expect(ann.At("field-error").First).ToHaveTextAsync("Please fill this in.");
        await LookAsync(ann, "sign-up-invalid");
        await ann.SignUpAsync("ann", "Ann");
        await Expect(ann.Missing).ToBeVisibleAsync();
        await LookAsync(ann, "profile");
        await ann.FillProfileAsync("1990-01-02", "FEMALE", 25, 40, "talk", "chess", "en", "I like tea.");
        await LookAsync(ann, "search");
        foreach (var step in new[] { "wishes", "interests", "portrait" })
        {
            await ann.GoAsync($"profile/{step}");
            await LookAsync(ann, $"profile-{step}");
        }

        await ann.GoAsync("settings");
        await Expect(ann.Sessions).ToHaveCountAsync(1);
        await LookAsync(ann, "settings");
        await ann.At("show-shortcuts").ClickAsync();
        await LookAsync(ann, "shortcuts");
        await ann.Page.Keyboard.PressAsync("Escape");
        await ann.GoAsync("groups");
        await LookAsync(ann, "groups-none");

        await bob.SignUpAsync("bob", "Bob", "MALE");
        await bob.OpenRoomAsync("Tea and cake");
        await ann.GoToSearchAsync();
        await ann.JoinRoomAsync("Tea and cake");
        await bob.SayAsync("Welcome!", "What is your favourite cake?");
        await Expect(ann.Messages).ToHaveCountAsync(2);
        await ann.SayAsync("Apple cake, the one of my grandmother.");
        await LookAsync(ann, "group");
        await ann.LookAtPeopleAsync();
        await LookAsync(ann, "people");
        await ann.Page.Keyboard.PressAsync("Escape");
        await ann.GoAsync("groups");
        await Expect(ann.At("group")).ToHaveCountAsync(1);
        await LookAsync(ann, "groups");

        await ann.StartSearchAsync();
        await LookAsync(ann, "searching");
        await bob.StartSearchAsync();
        await ann.MeetsAsync("Bob");
        await Expect(ann.At("opener").First).ToBeVisibleAsync();
        await LookAsync(ann, "openers");
        await ann.At("opener").First.ClickAsync();
        await ann.At("composer-send").ClickAsync();
        await bob.SeesAsync("I like chess. And you?");
        await bob.SayAsync("I play every Friday, in the park.", "🎉", "Do you know https://example.org/openings?");
        await ann.SayAsync("No. Show me!");
        await Expect(ann.Deliveries.Last).ToHaveAttributeAsync("aria-label", "Read");
        await bob.TypeAsync("With");
        await Expect(ann.Typing).Not.ToBeEmptyAsync();
        await LookAsync(ann, "pair");
        await ann.At("room-menu").ClickAsync();
        await LookAsync(ann, "pair-menu");
        await ann.At("room-about").ClickAsync();
        await LookAsync(ann, "about");
        await ann.Page.Keyboard.PressAsync("Escape");
        await ann.At("room-menu").ClickAsync();
        await ann.At("room-report").ClickAsync();
        await LookAsync(ann, "report");
        await ann.Page.Keyboard.PressAsync("Escape");
        await ann.At("composer-emoji").ClickAsync();
        await Expect(ann.At("emoji").First).ToBeVisibleAsync();
        await LookAsync(ann, "emoji");
        await ann.Page.Keyboard.PressAsync("Escape");
        await ann.Messages.First.HoverAsync();
        await ann.At("message-menu").First.ClickAsync();
        await LookAsync(ann, "message-menu");
        await ann.Page.Keyboard.PressAsync("Escape");
        await ann.GoAsync("rooms");
        await LookAsync(ann, "chats");
        await bob.NextAsync();
        await ann.Page.GoBackAsync();
        await Expect(ann.SearchAgain).ToBeVisibleAsync();
        await LookAsync(ann, "pair-over");
        await ann.Page.EvaluateAsync("() => { localStorage.removeItem('webchat.credentials'); dispatchEvent(new StorageEvent('storage')); }");
        await ann.Landing.ClickAsync();
        await LookAsync(ann, "log-in");

        Assert.Empty(_findings);
        Assert.Empty(ann.Complaints);
        Assert.Empty(bob.Complaints);
    }

    private async Task LookAsync(Person person, string name)
    {
        foreach (var theme in new[] { "light", "dark" })
        {
            await person.Page.EvaluateAsync("theme => { document.documentElement.dataset.theme = theme; }", theme);
            var found = await person.Page.RunAxe(theme == "light" ? AllRules : OnlyContrast);
            foreach (var violation in found.Violations.Where(one => one.Impact is "serious" or "critical"))
                _findings.Add($"{name}, {theme}: {violation.Id}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}");
            if (Environment.GetEnvironmentVariable("WEBCHAT_SCREENSHOTS") is not null)
                await TakePicturesAsync(person.Page, $"{name}-{theme}");
        }

        foreach (var width in Widths)
        {
            await person.Page.SetViewportSizeAsync(width, 720);
            foreach (var cutOff in await person.Page.EvaluateAsync<string[]>(CutOff))
                _findings.Add($"{name}, {width} px: {cutOff}");
        }
    }

    private static async Task TakePicturesAsync(IPage page, string name)
    {
        foreach (var width in PictureWidths)
        {
            await page.SetViewportSizeAsync(width, 720);
            await page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, "docs", "img", $"{name}-{width}.png"), Animations = ScreenshotAnimations.Disabled });
        }

        await page.SetViewportSizeAsync(Widths[^1], 720);
    }
}
