using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace WebChat.Tests.Standins.Hocon;

public class HoconTests
{
    [Theory]
    [InlineData("path = ${path}\":x\"")]
    [InlineData("a = ${b}\nb = ${a}")]
    [InlineData("a { b = ${a} }")]
    [InlineData("a = [1, 2")]
    [InlineData("a = [[1]")]
    [InlineData("a = { b = 1 ")]
    [InlineData("a = ${b")]
    [InlineData("a = \"\"\"b\"")]
    [InlineData("a = \"b")]
    [InlineData("a = \"\\x\"")]
    [InlineData("a")]
    [InlineData("= 1")]
    [InlineData("a. = 1")]
    [InlineData("a = b:c")]
    [InlineData("a = [1,,2]")]
    [InlineData("a = [1] x")]
    [InlineData("a = { b = 1 } x")]
    [InlineData("[1]")]
    public void Malformed_text_is_refused_at_once(string text) =>
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(text));

    [Fact]
    public void A_refusal_names_line_and_column()
    {
        var refusal = Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString("a = 1\nb {\n  c = ]\n}"));

        Assert.Contains("Line 3, column 7", refusal.Message);
    }

    [Fact]
    public void A_substitution_that_leads_nowhere_is_named_with_its_place()
    {
        var refusal = Assert.Throws<FormatException>(() => ConfigurationFactory.ParseString("a = 1\nb = ${no.where}"));

        Assert.Contains("no.where", refusal.Message);
        Assert.Contains("Line 2, column 5", refusal.Message);
    }

    [Fact]
    public void A_substitution_falls_back_on_the_environment()
    {
        const string Name = "WEBCHAT_HOCON_TEST";
        Environment.SetEnvironmentVariable(Name, "from outside");
        try
        {
            var config = ConfigurationFactory.ParseString($"a = ${{{Name}}}\nb = ${{?{Name}}}\n{Name}_2 = inside\nc = ${{{Name}_2}}");

            Assert.Equal("from outside", config.GetString("a"));
            Assert.Equal("from outside", config.GetString("b"));
            Assert.Equal("inside", config.GetString("c"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Name, null);
        }
    }

    [Fact]
    public void An_optional_substitution_that_leads_nowhere_leaves_what_was_set_before()
    {
        var config = ConfigurationFactory.ParseString("port = 80\nport = ${?WEBCHAT_NO_SUCH_VARIABLE}");

        Assert.Equal(80, config.GetInt("port"));
    }

    [Fact]
    public void An_optional_substitution_that_leads_nowhere_lets_the_fallback_through()
    {
        var config = ConfigurationFactory.ParseString("port = ${?WEBCHAT_NO_SUCH_VARIABLE}").WithFallback("port = 80");

        Assert.Equal(80, config.GetInt("port"));
    }

    [Fact]
    public void Null_hides_the_fallback()
    {
        var config = ConfigurationFactory.ParseString("a = null").WithFallback("a = 1");

        Assert.Null(config.GetString("a"));
    }

    [Fact]
    public void A_setting_may_be_made_of_its_former_value()
    {
        var config = ConfigurationFactory.ParseString("path = a\npath = ${path}b\nlist = [1]\nlist = ${list} [2]\nx { y = [1] }\nx.y += 2");

        Assert.Equal("ab", config.GetString("path"));
        Assert.Equal([1, 2], config.GetIntList("list"));
        Assert.Equal([1, 2], config.GetIntList("x.y"));
    }

    [Fact]
    public void An_object_may_name_its_own_settings()
    {
        var config = ConfigurationFactory.ParseString("base { a = 1 }\na = ${base} { b = ${a.c}, c = 2 }\nd { e = ${d.f}, f = 3 }\ng = ${d} { h = 4 }");

        Assert.Equal(1, config.GetInt("a.a"));
        Assert.Equal(3, config.GetInt("d.e"));
        Assert.Equal(3, config.GetInt("g.e"));
        Assert.Equal(4, config.GetInt("g.h"));
    }

    [Fact]
    public void A_substitution_sees_what_is_set_last()
    {
        var config = ConfigurationFactory.ParseString("a = 1\nb = ${a}\na = 2");

        Assert.Equal(2, config.GetInt("b"));
    }

    [Fact]
    public void Included_text_is_merged_where_it_is_included()
    {
        var config = ConfigurationFactory.ParseString(
            "a = 1\ninclude \"one\"\nb = 3\nc { include file(\"two\") }\nd = ${c.e}",
            name => Parser.Parse(name == "one" ? "a = 2, b = 2" : "e = 5, f = ${e}", null));

        Assert.Equal(2, config.GetInt("a"));
        Assert.Equal(3, config.GetInt("b"));
        Assert.Equal(5, config.GetInt("c.e"));
        Assert.Equal(5, config.GetInt("c.f"));
        Assert.Equal(5, config.GetInt("d"));
    }

    [Fact]
    public void A_key_may_begin_with_the_word_include()
    {
        var config = ConfigurationFactory.ParseString("include-all = on\ninclude = 1");

        Assert.True(config.GetBoolean("include-all"));
        Assert.Equal(1, config.GetInt("include"));
    }

    [Fact]
    public void Keys_may_be_numbers_and_then_an_object_is_a_list_too()
    {
        var config = ConfigurationFactory.ParseString("a { 1 = y, 0 = x }\na.2 = z");

        Assert.Equal("y", config.GetString("a.1"));
        Assert.Equal(["x", "y", "z"], config.GetStringList("a"));
    }

    [Fact]
    public void Deployment_paths_are_keys()
    {
        var config = ConfigurationFactory.ParseString("deployment {\n /rooms/* { dispatcher = d }\n \"/a.b\" { mailbox = m } }");

        Assert.Equal("d", config.GetString("deployment./rooms/*.dispatcher"));
        Assert.Equal("m", config.GetString("deployment.\"/a.b\".mailbox"));
    }

    [Fact]
    public void Comments_may_stand_anywhere_between_values()
    {
        var config = ConfigurationFactory.ParseString("# first\na = [ // one\n 1 # two\n // three\n 2 ] # four\nb = \"# not // one\"\nc { # five\n}");

        Assert.Equal([1, 2], config.GetIntList("a"));
        Assert.Equal("# not // one", config.GetString("b"));
        Assert.Empty(config.GetConfig("c")!.AsEnumerable());
    }

    [Fact]
    public void Triple_quoted_text_keeps_quotes_and_backslashes()
    {
        var config = ConfigurationFactory.ParseString("a = \"\"\"C:\\x \"y\"\"\"\"");

        Assert.Equal("C:\\x \"y\"", config.GetString("a"));
    }

    [Fact]
    public void A_wrong_value_is_reported_with_its_path()
    {
        var config = ConfigurationFactory.ParseString("a.b = x");

        Assert.Contains("a.b", Assert.Throws<FormatException>(() => config.GetTimeSpan("a.b")).Message);
        Assert.Contains("a.b", Assert.Throws<NotSupportedException>(() => config.GetBoolean("a.b")).Message);
    }

    [Fact]
    public void Infinite_may_be_forbidden()
    {
        var config = ConfigurationFactory.ParseString("a = infinite");

        Assert.Equal(Timeout.InfiniteTimeSpan, config.GetTimeSpan("a"));
        Assert.Throws<FormatException>(() => config.GetTimeSpan("a", null, allowInfinite: false));
    }

    [Fact]
    public void A_configuration_cannot_fall_back_on_itself()
    {
        var config = ConfigurationFactory.ParseString("a = 1");

        Assert.Throws<ArgumentException>(() => config.WithFallback(config));
    }

    [Fact]
    public void Fallback_leaves_both_sides_as_they_are()
    {
        var above = ConfigurationFactory.ParseString("a { b = 1 }");
        var below = ConfigurationFactory.ParseString("a { b = 2, c = 3 }");

        var both = above.WithFallback(below);

        Assert.Equal(1, both.GetInt("a.b"));
        Assert.Equal(3, both.GetInt("a.c"));
        Assert.False(above.HasPath("a.c"));
        Assert.Equal(2, below.GetInt("a.b"));
    }

    [Fact]
    public void What_is_written_out_reads_back_the_same()
    {
        var config = ConfigurationFactory.ParseString("a { \"b.c\" = [1, \"x \\\" y\"], d = null }\ne = \"two\\nlines\"");

        var again = ConfigurationFactory.ParseString(config.ToString());

        Assert.Equal(["1", "x \" y"], again.GetStringList("a.\"b.c\""));
        Assert.True(again.HasPath("a.d"));
        Assert.Equal("two\nlines", again.GetString("e"));
    }

    [Fact]
    public void The_reference_configuration_is_there() => Assert.True(ConfigurationFactory.Default().HasPath("akka.actor"));

    [Fact]
    public void A_missing_resource_is_refused_by_name()
    {
        var refusal = Assert.Throws<ConfigurationException>(() => ConfigurationFactory.FromResource<HoconTests>("none.conf"));

        Assert.Contains("none.conf", refusal.Message);
    }
}
