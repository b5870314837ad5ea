using Microsoft.Playwright;
using WebChat.Tests.Edge;
using WebChat.Tests.Edge.Pictures;
using WebChat.Tests.Requires;
using static Microsoft.Playwright.Assertions;

namespace WebChat.Tests.Browser;

public sealed class PictureInTheBrowserTests
{
    [ChromiumFact]
    public async Task A_profile_is_revealed_step_by_step()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Programs.Chromium,
            Args = ["--no-sandbox", "--disable-gpu"],
        });
        await using var edge = await EdgeProcess.StartAsync(("WebChat:Rooms:PromptAfter", "00:00:01"));
        var ann = await Person.ArriveAsync(browser, edge.Web);
        var bob = await Person.ArriveAsync(browser, edge.Web);
        await ann.SignUpAsync("ann", "Ann");
        await ann.FillProfileAsync("1990-01-02", "FEMALE", 18, 90, "talk", "chess", "en", "I like tea.");
        await bob.SignUpAsync("bob", "Bob", "MALE");
        await ann.StartSearchAsync();
        await bob.SearchAsync();
        await bob.MeetsAsync("Ann");

        await Task.WhenAll(ann.LikesAsync(), bob.LikesAsync());
        await Expect(bob.Reveal).ToContainTextAsync("You like each other!");
        await Expect(bob.PartnerInterests).ToHaveTextAsync("chess");
        await Expect(bob.PartnerBio).ToBeEmptyAsync();
        await Task.WhenAll(ann.LikesAsync(), bob.LikesAsync());
        await Expect(bob.PartnerBio).ToHaveTextAsync("I like tea.");
        await Expect(bob.PartnerBio).ToBeVisibleAsync();
        Assert.Empty(ann.Complaints);
        Assert.Empty(bob.Complaints);
    }

    [ChromiumFact]
    public async Task A_picture_is_chosen_shown_revealed_step_by_step_and_removed()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Programs.Chromium,
            Args = ["--no-sandbox", "--disable-gpu"],
        });
        await using var edge = await EdgeProcess.StartAsync(("WebChat:Rooms:PromptAfter", "00:00:01"));
        var ann = await Person.ArriveAsync(browser, edge.Web);
        var bob = await Person.ArriveAsync(browser, edge.Web);
        await ann.SignUpAsync("ann", "Ann", "FEMALE");
        await bob.SignUpAsync("bob", "Bob", "MALE");

        await ann.OpenPortraitAsync();
        await ann.ChoosePictureAsync("no picture"u8.ToArray());
        await Expect(ann.Notice).ToContainTextAsync("cannot be shown");
        await ann.ChoosePictureAsync(TestPicture.Quarters(1_500, 750).In("png"));
        await Expect(ann.OwnPicture).ToHaveJSPropertyAsync("naturalWidth", 1_024);
        await ann.ReloadAsync();
        await Expect(ann.OwnPicture).ToHaveJSPropertyAsync("naturalHeight", 512);

        await ann.StartSearchAsync();
        await bob.SearchAsync();
        await bob.MeetsAsync("Ann");
        await Expect(bob.PartnerPicture).ToHaveCountAsync(0);
        await Task.WhenAll(ann.LikesAsync(), bob.LikesAsync());
        await Expect(bob.PartnerPicture).ToHaveJSPropertyAsync("naturalWidth", 32);
        await Task.WhenAll(ann.LikesAsync(), bob.LikesAsync());
        await Expect(bob.PartnerPicture).ToHaveJSPropertyAsync("naturalWidth", 1_024);
        await bob.PartnerPicture.ClickAsync();
        await Expect(bob.Viewer).ToBeVisibleAsync();
        await bob.Viewer.ClickAsync();
        await Expect(bob.Viewer).ToHaveCountAsync(0);

        await ann.OpenPortraitAsync();
        await ann.RemovePictureAsync();
        await Expect(ann.OwnPicture).ToHaveCountAsync(0);
        await bob.ReloadAsync();
        await bob.IsConnectedAsync();
        await bob.About.ClickAsync();
        await Expect(bob.AboutDialog).ToBeVisibleAsync();
        await Expect(bob.PartnerPicture).ToHaveCountAsync(0);
        Assert.Empty(ann.Complaints);
        Assert.Empty(bob.Complaints);
    }
}
