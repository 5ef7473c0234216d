using LxcNative.Orchestrator.Errors;

namespace LxcNative.Orchestrator.Registries;

/// <summary>Reads an answer into memory, up to a limit.</summary>
internal static class BoundedContent
{
    /// <summary>Reads it.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="most">The bytes that it may have.</param>
    /// <param name="shown">What it is, for the refusal.</param>
    /// <param name="cancellation">A cancellation.</param>
    /// <exception cref="RefusedException">It is longer.</exception>
    /// <exception cref="IOException">It broke off, or does not come.</exception>
    public static byte[] Read(HttpResponseMessage answer, int most, string shown, CancellationToken cancellation)
    {
        using var patience = new Patience(cancellation);
        try
        {
            answer.Content.LoadIntoBufferAsync(most, patience.Token).GetAwaiter().GetResult();
            return answer.Content.ReadAsByteArrayAsync(CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new RefusedException($"the registry sends {shown} of more than {most} bytes: none is as long", e);
        }
        catch (HttpRequestException e)
        {
            throw new IOException($"{shown} broke off: {e.InnerException?.Message ?? e.Message}", e);
        }
        catch (OperationCanceledException e)
        {
            throw patience.Explain("the registry", e);
        }
    }
}
