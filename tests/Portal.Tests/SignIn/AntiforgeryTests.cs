using System.Net;
using Scoring.Hosting;
using Scoring.Testing;

namespace Scoring.SignIn;

/// <summary>A form counts only with the token of the same browser's session.</summary>
public sealed class AntiforgeryTests(SharedPortal portal) : PortalTest(portal)
{
    private const string FieldName = "__form";

    public static TheoryData<string, string> Forms => new()
    {
        { "/sign-out", "" }, { "/programmes/safe-driver/join/link", "clear" }, { "/programmes/safe-driver/join/check", "join" },
    };

    [Theory, MemberData(nameof(Forms))]
    public async Task A_form_without_a_token_or_with_a_foreign_one_is_refused(string path, string handler)
    {
        var own = VisitByHttp();
        var foreign = VisitByHttp();
        await own.SignIn();
        await foreign.SignIn("participant-2");
        var stolen = (await foreign.Open("/my")).Field(FieldName);

        Refused(await own.Send(path, Portal.Address.OriginalString, ("_handler", handler)));
        Refused(await own.Send(path, Portal.Address.OriginalString, ("_handler", handler), (FieldName, "forged")));
        Refused(await own.Send(path, Portal.Address.OriginalString, ("_handler", handler), (FieldName, stolen)));
        Refused(await own.Send(path, "https://evil.example", ("_handler", handler)));

        (await own.Open("/my")).Status.ShouldBe(HttpStatusCode.OK, "the session goes on");
    }

    private static void Refused(BrowserPage answer)
    {
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Text.ShouldContain("<h1>");
    }
}
