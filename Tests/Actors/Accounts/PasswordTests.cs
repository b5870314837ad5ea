using System.Text;
using WebChat.Actors.Accounts;

namespace WebChat.Tests.Actors.Accounts;

public class PasswordTests
{
    [Theory]
    [InlineData("café café")]
    [InlineData("가나다라마바사아")]
    [InlineData("Trường Sơn")]
    public void A_password_is_the_same_composed_and_decomposed(string text)
    {
        Assert.True(Password.TryParse(text.Normalize(NormalizationForm.FormC), out var composed));
        Assert.True(Password.TryParse(text.Normalize(NormalizationForm.FormD), out var decomposed));
        Assert.Equal(composed, decomposed);
    }

    [Theory]
    [InlineData(0x00A0)]
    [InlineData(0x2003)]
    [InlineData(0x3000)]
    public void Every_space_is_the_same(int space)
    {
        Assert.True(Password.TryParse("correct horse", out var typed));
        Assert.True(Password.TryParse($"correct{new Rune(space)}horse", out var other));
        Assert.Equal(typed, other);
    }

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void The_length_counts_scalar_values(int length, bool allowed)
    {
        Assert.Equal(allowed, Password.TryParse(new string('a', length), out _));
        Assert.Equal(allowed, Password.TryParse(string.Concat(Enumerable.Repeat("😀", length)), out _));
        Assert.Equal(allowed, Password.TryParse(string.Concat(Enumerable.Repeat("e\u0301", length)), out _));
    }

    [Theory]
    [InlineData("correct\thorse")]
    [InlineData("correct\nhorse")]
    [InlineData("correct\0horse")]
    [InlineData("correct\u0085horse")]
    [InlineData("")]
    [InlineData(null)]
    public void Control_characters_and_no_text_are_refused(string? text) => Assert.False(Password.TryParse(text, out _));

    [Fact]
    public void Case_and_spaces_at_the_ends_count()
    {
        Assert.True(Password.TryParse(" Correct Horse ", out var password));
        Assert.Equal(" Correct Horse ", password.Value);
    }

    [Fact]
    public void Neither_a_password_nor_its_hash_shows_itself()
    {
        Assert.True(Password.TryParse("correct horse", out var password));
        Assert.Equal("***", $"{password}");
        Assert.Equal("***", $"{new PasswordHash("$2a$12$")}");
    }
}
