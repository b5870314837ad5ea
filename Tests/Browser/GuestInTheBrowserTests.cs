using WebChat.Tests.Edge;
using WebChat.Tests.Requires;
using static Microsoft.Playwright.Assertions;

namespace WebChat.Tests.Browser;

public sealed class GuestInTheBrowserTests : InTheBrowser
{
    [ChromiumFact]
    public async Task A_guest_talks_keeps_the_account_and_logs_in_again()
    {
        var (ann, bob) = (await Person.ArriveAsync(Browser, Edge.Web), await Person.ArriveAsync(Browser, Edge.Web));
        await ann.StartAsGuestAsync("Ann", "1990-01-02", "FEMALE");
        await Expect(ann.SearchState).ToHaveTextAsync("Looking for someone…");
        await bob.StartAsGuestAsync("Bob", "1991-01-02", "MALE");
        await ann.MeetsAsync("Bob");
        await bob.MeetsAsync("Ann");
        await ann.SayAsync("Hello!");
        await bob.SeesAsync("Hello!");

        var name = EdgeServer.NewName();
        await ann.OpenSettingsAsync();
        await ann.KeepAccountAsync(name);
        await Expect(ann.Notice).ToContainTextAsync("Your account is kept.");
        await Expect(ann.At("change-password")).ToBeVisibleAsync();
        await ann.At("log-out").ClickAsync();
        await ann.At("confirm-yes").ClickAsync();
        await Expect(ann.Landing).ToBeVisibleAsync();
        await Expect(bob.Lines.Last).ToContainTextAsync("left");

        await ann.LogInAsync(name);
        await ann.IsConnectedAsync();
        await ann.SeesProfileAsync("1990-01-02", "", "FEMALE");
        Assert.Empty(ann.Complaints);
        Assert.Empty(bob.Complaints);
    }

    [ChromiumFact]
    public async Task A_guest_is_warned_that_logging_out_deletes_the_account()
    {
        var ann = await Person.ArriveAsync(Browser, Edge.Web);
        await ann.StartAsGuestAsync("Ann", $"{DateTime.UtcNow.AddYears(-17):yyyy-MM-dd}", "FEMALE");
        await Expect(ann.At("field-error").Filter(new() { HasText = "You must be 18 or older." })).ToBeVisibleAsync();
        await ann.StartAsGuestAsync("Ann", "1990-01-02", "FEMALE");
        await Expect(ann.SearchState).ToHaveTextAsync("Looking for someone…");

        await ann.OpenSettingsAsync();
        await Expect(ann.At("delete-password")).ToBeHiddenAsync();
        await ann.At("log-out").ClickAsync();
        await Expect(ann.Page.GetByRole(Microsoft.Playwright.AriaRole.Dialog)).ToContainTextAsync("You have no password");
        await ann.At("confirm-yes").ClickAsync();

        await Expect(ann.Landing).ToBeVisibleAsync();
        Assert.Empty(ann.Complaints);
    }
}
