using Microsoft.Playwright;
using WebChat.Tests.Edge;
using WebChat.Tests.Requires;
using static Microsoft.Playwright.Assertions;

namespace WebChat.Tests.Browser;

public sealed class AccountInTheBrowserTests
{
    private const string Password = "correct horse battery";

    [ChromiumFact]
    public async Task A_user_changes_the_password_exports_the_data_and_deletes_the_account()
    {
        await using var edge = await EdgeProcess.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Programs.Chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        var (ann, elsewhere, bob) = (await Person.ArriveAsync(browser, edge.Web), await Person.ArriveAsync(browser, edge.Web), await Person.ArriveAsync(browser, edge.Web));
        await ann.SignUpAsync("ann", "Ann", "FEMALE", "MALE");
        await bob.SignUpAsync("bob", "Bob", "MALE", "FEMALE");
        await elsewhere.LogInAsync("ann", Password);
        await ann.StartSearchAsync();
        await bob.SearchAsync();
        await ann.MeetsAsync("Bob");
        await ann.SayAsync("This is a secret.");
        await bob.SeesAsync("This is a secret.");

        await ann.OpenSettingsAsync();
        await Expect(ann.Sessions).ToHaveCountAsync(2);
        await ann.ChangePasswordAsync(Password, "another one");
        await Expect(elsewhere.Landing).ToBeVisibleAsync();
        await Expect(ann.Sessions).ToHaveCountAsync(1);
        await Expect(ann.Sessions).ToContainTextAsync("Chrome, Linux");
        Assert.Contains("This is a secret.", await ann.TakeDataAsync(), StringComparison.Ordinal);

        await ann.DeleteAccountAsync("another one");
        await Expect(ann.Landing).ToBeVisibleAsync();
        await bob.SeesAsync("This message was removed.");
        await ann.LogInAsync("ann", "another one");
        await Expect(ann.Landing).ToBeVisibleAsync();
        Assert.Empty(bob.Complaints);
    }
}
