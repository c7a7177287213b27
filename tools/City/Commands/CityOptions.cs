using System.CommandLine;

namespace Scoring.City.Commands;

/// <summary>The options that several commands share, with their defaults and ranges.</summary>
public static class CityOptions
{
    /// <summary>Returns the option for the standalone file.</summary>
    public static Option<string> Standalone() => new("--standalone")
    {
        Description = "The file that ./run writes: the platform's address and the development credentials.",
        DefaultValueFactory = _ => ".data/standalone.json",
    };

    /// <summary>Returns the option for the seed.</summary>
    public static Option<string> Seed() => new("--seed")
    {
        Description = "The seed of synthetic residents, handles and random choices.",
        DefaultValueFactory = _ => "city",
    };

    /// <summary>Returns the option for the file of residents.</summary>
    public static Option<string> State() => new("--state")
    {
        Description = "The file that keeps synthetic residents between runs. Only you can read it.",
        DefaultValueFactory = _ => ".data/city.json",
    };

    /// <summary>Returns the option for gateways, which are used in turn.</summary>
    public static Option<Uri[]> Gateway() => new("--gateway")
    {
        Description = "A gateway to use instead of the address in the standalone file. Repeat it to spread requests over several.",
        CustomParser = result =>
        {
            var gateways = new List<Uri>();
            foreach (var token in result.Tokens)
                if (Uri.TryCreate(token.Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https") gateways.Add(uri);
                else result.AddError($"{token.Value} is not an http or https address.");
            return [.. gateways];
        },
    };

    /// <summary>Returns the option to verify scores.</summary>
    public static Option<bool> Verify() => new("--verify")
    {
        Description = "Compute every score again from the sent events, with code that is not the platform's, and compare.",
    };

    /// <summary>Returns the option for concurrent batches.</summary>
    public static Option<int> Parallel() => Number("--parallel", "How many batches to send concurrently, 1 to 64.", 4, 1, 64);

    /// <summary>Returns the option for the share of people who do not enrol.</summary>
    public static Option<int> StrangersEvery() => Number(
        "--strangers-every", "N: every Nth person in a file never enrols, and events about that person are sent anyway. 0 for none.",
        10, 0, 1_000_000);

    /// <summary>Returns the option for the number of synthetic vehicles.</summary>
    public static Option<int> Vehicles() => Number(
        "--vehicles", "How many synthetic vehicles share the rows of a traffic file, 1 to 10,000.", 100, 1, 10_000);

    /// <summary>Returns an option for a whole number in a range, both ends included.</summary>
    public static Option<int> Number(string name, string description, int defaultValue, int min, int max)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => defaultValue };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < min || value > max))
                result.AddError($"{name} must be from {min} to {max}.");
        });
        return option;
    }
}
